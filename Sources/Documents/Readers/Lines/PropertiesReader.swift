/// Reads Java properties, by the rules of `java.util.Properties.load`.
enum PropertiesReader {
    /// Reads the text in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>) -> Reading {
        var reading = Reading(as: .properties)
        var index = range.lowerBound
        while index < range.upperBound {
            while index < range.upperBound, text[index].isWhitespace { index += 1 }
            guard index < range.upperBound else { break }
            if text[index] == .hash || text[index] == .exclamation {
                let end = lineEnd(text, from: index, before: range.upperBound)
                CommentReader.read(text, index..<end, into: &reading)
                index = end
                continue
            }
            index = readSetting(text, at: index, before: range.upperBound, into: &reading)
        }
        return reading
    }

    /// Reads the setting that starts at `start` and returns the end of its last line.
    private static func readSetting(
        _ text: [UInt8],
        at start: Int,
        before limit: Int,
        into reading: inout Reading
    ) -> Int {
        let end = logicalLineEnd(text, from: start, before: limit)
        var index = start
        while index < end, !isSeparator(text[index]) { index += text[index] == .backslash ? 2 : 1 }
        let key = start..<min(index, end)
        let address = Address(nil, decoded(text[key]))
        reading.addKey(address, key, .properties)
        index = key.upperBound
        // A name by itself has no place for a value.
        guard index < end else { return end }
        while index < end, isBlank(text[index]) { index += 1 }
        if index < end, text[index] == .equals || text[index] == .colon { index += 1 }
        while index < end, isBlank(text[index]) { index += 1 }
        reading.add(address, index..<end, .properties)
        WordScanner.scan(text, index..<end, under: address, spelledAs: .properties, into: &reading)
        return end
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte.isBlank || byte == 0x0C }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == .equals || byte == .colon || isBlank(byte) }

    private static func lineEnd(_ text: [UInt8], from start: Int, before limit: Int) -> Int {
        text[start..<limit].firstIndex(where: \.isLineBreak) ?? limit
    }

    /// Returns the end of a line including its continuation lines.
    private static func logicalLineEnd(_ text: [UInt8], from start: Int, before limit: Int) -> Int {
        var index = start
        while index < limit, !text[index].isLineBreak {
            guard text[index] == .backslash, index + 1 < limit else {
                index += 1
                continue
            }
            let isPair = text.has("\r\n", at: index + 1, before: limit)
            index += isPair ? 3 : 2
        }
        return min(index, limit)
    }

    private static func decoded(_ raw: ArraySlice<UInt8>) -> String {
        guard raw.contains(.backslash) else { return String(decoding: raw, as: UTF8.self) }
        let bytes = (try? Encoding.properties.decode(raw).bytes) ?? Array(raw)
        return String(decoding: bytes, as: UTF8.self)
    }
}
