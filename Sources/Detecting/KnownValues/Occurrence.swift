public import Documents

/// An occurrence of a known value.
public struct Occurrence: Hashable, Sendable {
    /// The index of the value.
    public var value: Int
    /// Its place in the file; nil if it is in the path.
    public var location: Location?
    /// The bytes of the path that spell it; nil if it is in the file.
    public var pathSpan: Span?
    /// The index of the layer in which the value was found; nil if it is in the path, or spelled in an encoding for
    /// which there is no layer.
    var layer: Int?
    /// The bytes in that layer's text.
    var layerSpan: Span = Span(0, 0)
}
