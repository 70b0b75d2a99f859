/// A text that a file holds: the file's own, or one inside of it, such as the YAML in a JSON string or what a base64
/// value decodes to.
public struct Layer: Sendable {
    /// The decoded text.
    public let text: [UInt8]
    /// The format that the text was read as.
    public let format: Format
    /// The addressed values, in the order of their spans.
    public let values: [AddressedValue]
    /// The spans of `text` that a layer of their own stands for; what is found there is found in that layer.
    public let covered: [Span]

    /// The opaque steps from the file to this text; empty where every byte has its own place in the file.
    let outerSteps: [Location.Step]
    /// The transparent encodings between this text and the text of the last opaque step, outermost first.
    let encodings: [Encoding]
    /// Where each byte of `text`, and its end, stands in the text of the last opaque step; nil where `text` is that text.
    let offsets: [Int]?
}
