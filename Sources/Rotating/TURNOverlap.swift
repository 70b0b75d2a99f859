/// The texts that configure a coturn while it accepts two shared secrets: `static-auth-secret` may stand more than once, in its
/// file and among its arguments.
///
/// Calls that began with the old secret go on with it until TURN_TTL is over; without an overlap they would lose their relay.
package enum TURNOverlap {
    private static let setting = Array("static-auth-secret".utf8)
    private static let option = Array("--static-auth-secret=".utf8)
    private static let lineEnd = UInt8(ascii: "\n")
    private static let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]

    /// The new contents, with the old secret behind each new one that changed.
    static func contents(before: [UInt8], after: [UInt8]) -> [UInt8] {
        let old = before.split(separator: lineEnd, omittingEmptySubsequences: false)
        let new = after.split(separator: lineEnd, omittingEmptySubsequences: false)
        guard old.count == new.count else { return after }
        var lines: [ArraySlice<UInt8>] = []
        for (old, new) in zip(old, new) {
            if old == new {
                lines.append(new)
            } else if value(in: old) != nil, value(in: new) != nil {
                lines += [new, old]
            } else if let oldOption = Option(in: old), let newOption = Option(in: new) {
                lines.append(newOption.line(with: oldOption))
            } else {
                lines.append(new)
            }
        }
        return Array(lines.joined(separator: [lineEnd]))
    }

    /// The contents without one secret; nil where it is not there, or no other secret would be left.
    package static func contents(_ contents: [UInt8], without secret: [UInt8]) -> [UInt8]? {
        let lines = contents.split(separator: lineEnd, omittingEmptySubsequences: false)
        var isLeft = false
        var isGone = false
        let kept = lines.compactMap { line -> ArraySlice<UInt8>? in
            if let value = value(in: line) {
                isLeft = isLeft || value != secret
                isGone = isGone || value == secret
                return value == secret ? nil : line
            }
            guard let first = Option(in: line) else { return line }
            isLeft = isLeft || Array(first.value) != secret
            let shorter = first.lineWithout(secret)
            isGone = isGone || shorter != nil
            return shorter ?? line
        }
        guard isGone, isLeft else { return nil }
        return Array(kept.joined(separator: [lineEnd]))
    }

    /// The secret that a line sets, of the file or of a list of arguments with one a line; nil for any other line.
    private static func value(in line: ArraySlice<UInt8>) -> [UInt8]? {
        var text = line.drop(while: isBlank)
        if text.starts(with: Array("- ".utf8)) {
            text = unquoted(text.dropFirst(2).drop(while: isBlank))
            guard text.starts(with: option) else { return nil }
            text = text.dropFirst(2)
        }
        guard text.starts(with: setting) else { return nil }
        var rest = text.dropFirst(setting.count).drop(while: isBlank)
        guard rest.count < text.count - setting.count || rest.first == UInt8(ascii: "=") else { return nil }
        if rest.first == UInt8(ascii: "=") { rest = rest.dropFirst().drop(while: isBlank) }
        rest = unquoted(rest)
        return rest.isEmpty ? nil : Array(rest)
    }

    /// A text without blanks behind it, and without the quotes around it.
    private static func unquoted(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while let last = text.last, isBlank(last) { text = text.dropLast() }
        guard text.count > 1, let first = text.first, quotes.contains(first), text.last == first else { return text }
        return text.dropFirst().dropLast()
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    /// `--static-auth-secret=…` among other arguments in one line: the first, and what separates arguments there.
    private struct Option {
        private let line: ArraySlice<UInt8>
        /// The option with its value, and with quotes where it has some of its own.
        private let text: ArraySlice<UInt8>
        private let separator: [UInt8]
        let value: ArraySlice<UInt8>

        init?(in line: ArraySlice<UInt8>) {
            guard let name = line.firstRange(of: TURNOverlap.option) else { return nil }
            let value = line[name.upperBound...].prefix { byte in
                !TURNOverlap.isBlank(byte) && !TURNOverlap.quotes.contains(byte) && !Self.listMarks.contains(byte)
            }
            guard !value.isEmpty else { return nil }
            let before = line[..<name.lowerBound].last
            let after = line[value.endIndex...].first
            self.line = line
            self.value = value
            if let before, TURNOverlap.quotes.contains(before), after == before {
                text = line[(name.lowerBound - 1)...value.endIndex]
                separator = Array(", ".utf8)
            } else {
                text = line[name.lowerBound..<value.endIndex]
                separator = after.map(Self.listMarks.contains) == true ? Array(", ".utf8) : Array(" ".utf8)
            }
        }

        private static let listMarks = Array(",]".utf8)

        /// The line with another line's option behind this one.
        func line(with other: Option) -> ArraySlice<UInt8> {
            (Array(line[..<text.endIndex]) + separator + Array(other.text) + Array(line[text.endIndex...]))[...]
        }

        /// The line without the option that stands behind this one with a secret; nil where none does.
        func lineWithout(_ secret: [UInt8]) -> ArraySlice<UInt8>? {
            let rest = line[text.endIndex...]
            guard rest.starts(with: separator), let next = Option(in: rest), Array(next.value) == secret,
                next.text.startIndex == rest.startIndex + separator.count
            else { return nil }
            return (Array(line[..<text.endIndex]) + Array(line[next.text.endIndex...]))[...]
        }
    }
}
