public import Documents

/// A place where a known value stands.
public struct Occurrence: Hashable, Sendable {
    /// The index of the value.
    public var value: Int
    /// Where it stands in the file; nil where it stands in the path.
    public var location: Location?
    /// The bytes of the path that spell it; nil where it stands in the file.
    public var pathSpan: Span?
}
