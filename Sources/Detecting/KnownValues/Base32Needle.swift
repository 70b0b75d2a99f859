internal import Documents

/// Finds the base32 form (RFC 4648 section 6) of a secret.
///
/// Longer base32 is treated as an encoded text, which is searched after it has been decoded.
enum Base32Needle {
    /// The lengths in bytes of values with at least eight, but fewer than 24 base32 digits.
    static let lengths = 5...14

    /// The digits at `span` with their padding; nil if they are part of a longer word.
    static func span(withDigits span: Span, in text: [UInt8]) -> Span? {
        guard Boundary(text: text, start: span.start, end: span.end).allows(.wholeWord) else { return nil }
        var end = span.end
        while end < text.count, end - span.start < 24, text[end] == UInt8(ascii: "=") { end += 1 }
        return Span(span.start, (end - span.start).isMultiple(of: 8) ? end : span.end)
    }
}
