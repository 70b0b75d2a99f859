internal import Documents

/// The base32 (RFC 4648 section 6) of a secret, as it is searched for.
///
/// Longer base32 is a text of its own, which is searched once it is decoded.
enum Base32Needle {
    /// The lengths in bytes of values that have eight digits or more, but fewer than 24.
    static let lengths = 5...14

    /// The digits at `span` with their padding; nil if they are a part of a longer word.
    static func span(withDigits span: Span, in text: [UInt8]) -> Span? {
        guard Boundary(text: text, start: span.start, end: span.end).allows(.wholeWord) else { return nil }
        var end = span.end
        while end < text.count, end - span.start < 24, text[end] == UInt8(ascii: "=") { end += 1 }
        return Span(span.start, (end - span.start).isMultiple(of: 8) ? end : span.end)
    }
}
