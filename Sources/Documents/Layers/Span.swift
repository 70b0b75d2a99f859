/// A half-open range of byte offsets in a text.
public struct Span: Hashable, Sendable {
    /// The offset of the first byte.
    public var start: Int
    /// The offset after the last byte.
    public var end: Int

    /// Makes the span from `start` up to, not including, `end`.
    public init(_ start: Int, _ end: Int) {
        precondition(0 <= start && start <= end, "a span ends at or after its start")
        self.start = start
        self.end = end
    }

    /// The number of bytes.
    public var count: Int { end - start }

    /// The offsets as a range, to subscript a byte array.
    public var range: Range<Int> { start..<end }

    /// Whether the span contains no bytes.
    public var isEmpty: Bool { start == end }

    /// Whether every byte of `other` is inside this span.
    public func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }

    /// Whether the two spans share a byte.
    public func overlaps(_ other: Span) -> Bool { start < other.end && other.start < end }

    /// Returns the span moved by `offset` bytes.
    public func shifted(by offset: Int) -> Span { Span(start + offset, end + offset) }
}

extension Span: Comparable {
    /// Orders by start, then by end.
    public static func < (left: Span, right: Span) -> Bool {
        (left.start, left.end) < (right.start, right.end)
    }
}
