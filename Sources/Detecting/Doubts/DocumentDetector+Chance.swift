internal import Documents

// Decides whether a setting occurs in binary data by chance.
extension DocumentDetector {
    /// The minimum length in bytes of a text in binary data in which a setting counts: `pw=`, and a value of seven
    /// characters.
    ///
    /// In ten million random bytes, `pw=` and the like occur about five times. Only one in a thousand of these
    /// occurrences is in a text of this length.
    private static let shortestText = 10
    /// The minimum length in bytes of the printable beginning of a value in such a text.
    private static let shortestBeginning = 4

    /// The part of a value before the first NUL, which ends a text in binary data.
    func text(of span: Span, in text: [UInt8]) -> Span {
        Span(span.start, text[span.range].firstIndex(of: 0) ?? span.end)
    }

    /// Whether a value in binary data is there only by chance.
    ///
    /// This is the case for the value of a setting or of a command that does not begin in a text of printable
    /// characters, and for a login of a few letters that another rule found. Other bytes may follow without a
    /// separator, so the value may end in them.
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
