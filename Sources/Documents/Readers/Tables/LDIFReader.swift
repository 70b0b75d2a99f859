/// Reads LDIF (RFC 2849): `attribute: value`, and `attribute:: value` in base64, both folded at any width.
///
/// A folded value is unfolded first, and its base64 is read in the unfolded text.
enum LDIFReader {
    private static let root = Address(nil, "ldif")

    /// Reads the text in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>) -> Reading {
        var reading = Reading(as: .table)
        var index = range.lowerBound
        while index < range.upperBound {
            let line = text.endOfLine(from: index, before: range.upperBound)
            var (end, next) = (line.contentEnd, line.nextLine)
            // A line that begins with a space continues the one before it.
            while next < range.upperBound, text[next] == .space {
                let rest = text.endOfLine(from: next, before: range.upperBound)
                (end, next) = (rest.contentEnd, rest.nextLine)
            }
            if text[index] == .hash {
                CommentReader.read(text, index..<line.contentEnd, into: &reading)
            } else {
                read(text, attribute: index..<end, isFolded: end > line.contentEnd, into: &reading)
            }
            index = next
        }
        return reading
    }

    private static func read(
        _ text: [UInt8],
        attribute line: Range<Int>,
        isFolded: Bool,
        into reading: inout Reading
    ) {
        let colon = text.firstIndex(of: .colon, in: line)
        guard colon > line.lowerBound, colon < line.upperBound else { return }
        let name = line.lowerBound..<min(colon, text.firstIndex(of: .semicolon, in: line))
        let address = Address(root, text.string(in: name))
        var start = colon + 1
        let isEncoded = start < line.upperBound && text[start] == .colon
        if isEncoded { start += 1 }
        while start < line.upperBound, text[start] == .space { start += 1 }
        let value = start..<line.upperBound
        reading.addKey(address, name, .bare)
        guard !value.isEmpty else { return }
        guard isEncoded else { return reading.add(address, value, isFolded ? .ldifFolded : .line) }
        let digits = text[value].filter { !$0.isWhitespace }
        guard let decoded = try? Encoding.base64.decode(digits).bytes else {
            let message = "a value that should be base64 is none; it was read as it stands"
            return reading.notes.append(.init(offset: value.lowerBound, message: message))
        }
        // The bytes of a picture or a certificate are not text.
        guard EncodedRuns.isText(decoded[...]) else { return }
        reading.add(address, value, isFolded ? .ldifFolded : .base64)
    }
}
