/// Why a document could not be read or edited.
public struct DocumentError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// The bytes are not spelled as the encoding wants.
        case malformed
        /// The value has bytes that the encoding cannot spell.
        case unrepresentable
        /// Two edits share bytes.
        case overlappingEdits
        /// A location does not fit the bytes.
        case locationOutOfBounds
    }

    /// The reason.
    public var code: Code
    /// The place, in bytes of the text at hand; nil where the whole is meant.
    public var span: Span?
    /// What happened, in one lower-case sentence without a value of the file.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, at span: Span? = nil, _ message: String) {
        self.code = code
        self.span = span
        self.message = message
    }

    /// A value has, at the byte `index`, something that an encoding cannot spell.
    static func unrepresentable(at index: Int, _ message: String) -> DocumentError {
        DocumentError(.unrepresentable, at: Span(index, index), message)
    }
}
