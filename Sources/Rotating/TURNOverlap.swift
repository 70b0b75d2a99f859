/// The lines of a coturn configuration while it accepts two shared secrets: `static-auth-secret` may stand more than once.
///
/// Calls that began with the old secret go on with it until TURN_TTL is over; without an overlap they would lose their relay.
package enum TURNOverlap {
    private static let setting = Array("static-auth-secret".utf8)
    private static let lineEnd = UInt8(ascii: "\n")

    /// The new contents, with the old line behind each line of a secret that changed.
    static func contents(before: [UInt8], after: [UInt8]) -> [UInt8] {
        let old = before.split(separator: lineEnd, omittingEmptySubsequences: false)
        let new = after.split(separator: lineEnd, omittingEmptySubsequences: false)
        guard old.count == new.count else { return after }
        var lines: [ArraySlice<UInt8>] = []
        for (old, new) in zip(old, new) {
            lines.append(new)
            if old != new, value(in: old) != nil, value(in: new) != nil { lines.append(old) }
        }
        return Array(lines.joined(separator: [lineEnd]))
    }

    /// The contents without the lines of one secret; nil where there is none, or no other secret would be left.
    package static func contents(_ contents: [UInt8], without secret: [UInt8]) -> [UInt8]? {
        let lines = contents.split(separator: lineEnd, omittingEmptySubsequences: false)
        let kept = lines.filter { value(in: $0) != secret }
        guard kept.count < lines.count, kept.contains(where: { value(in: $0) != nil }) else { return nil }
        return Array(kept.joined(separator: [lineEnd]))
    }

    /// The secret that a line sets; nil for any other line.
    private static func value(in line: ArraySlice<UInt8>) -> [UInt8]? {
        let text = line.drop(while: isBlank)
        guard text.starts(with: setting) else { return nil }
        var rest = text.dropFirst(setting.count).drop(while: isBlank)
        guard rest.count < text.count - setting.count || rest.first == UInt8(ascii: "=") else { return nil }
        if rest.first == UInt8(ascii: "=") { rest = rest.dropFirst().drop(while: isBlank) }
        while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
        for quote in [UInt8(ascii: "\""), UInt8(ascii: "'")]
        where rest.count > 1 && rest.first == quote && rest.last == quote {
            rest = rest.dropFirst().dropLast()
        }
        return rest.isEmpty ? nil : Array(rest)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
