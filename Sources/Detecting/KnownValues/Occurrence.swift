public import Documents

/// A place where a known value stands.
public struct Occurrence: Hashable, Sendable {
    /// The index of the value.
    public var value: Int
    /// Where it stands in the file; nil where it stands in the path.
    public var location: Location?
    /// The bytes of the path that spell it; nil where it stands in the file.
    public var pathSpan: Span?
    /// The index of the document's layer that it was found in; nil where it stands in the path, or is spelled in an
    /// encoding that the layer's text has not been read in.
    var layer: Int?
    /// The bytes of that layer's text.
    var layerSpan: Span = Span(0, 0)
}
