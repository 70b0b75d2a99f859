internal import Documents

// Decides whether a setting stands in binary data by chance.
extension DocumentDetector {
    /// The shortest text in which a setting of binary data is believed, in bytes: `pw=`, and a value of seven characters.
    ///
    /// In ten million random bytes, `pw=` and the like occur some five times, with a text of this length around them once
    /// in a thousand times.
    private static let shortestText = 10
    /// The shortest printable beginning of a value in such a text, in bytes.
    private static let shortestBeginning = 4

    /// The part of a value in binary data before the first NUL, which ends a text there.
    func text(of span: Span, in text: [UInt8]) -> Span {
        Span(span.start, text[span.range].firstIndex(of: 0) ?? span.end)
    }

    /// Whether the value of a setting or of a command is in binary data, and does not begin in a text of printable
    /// characters, or whether the login of another rule there is a few letters.
    ///
    /// Other bytes may follow without a mark in between, so the value may end in them.
    func isByChance(_ span: Span, of claim: Claim) -> Bool {
        guard isBinary, claim.layer == 0 else { return false }
        guard claim.isSetting || index.rules[claim.rule].isInCommand else {
            return index.rules[claim.rule].kind == .userName && span.count < Self.shortestBeginning
        }
        let text = claim.text
        var start = span.start
        while start > 0, Self.isPrintable(text[start - 1]), span.start - start < Self.shortestText { start -= 1 }
        var end = span.start
        while end < text.count, Self.isPrintable(text[end]), end - start < Self.shortestText { end += 1 }
        return end - start < Self.shortestText
            || text[span.range].prefix(Self.shortestBeginning).contains { !Self.isPrintable($0) }
    }

    private static func isPrintable(_ byte: UInt8) -> Bool {
        (0x20..<0x7F).contains(byte) || byte == UInt8(ascii: "\t")
    }
}
