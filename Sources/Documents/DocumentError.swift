public import Errors

/// The reason why a document could not be read or edited.
public struct DocumentError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// The bytes are invalid in the encoding.
        case malformed
        /// The encoding cannot represent some bytes of the value.
        case unrepresentable
        /// Two edits overlap.
        case overlappingEdits
        /// A location does not fit the bytes.
        case locationOutOfBounds
    }

    /// The reason.
    public var code: Code
    /// The place, in bytes of the current text; nil if the error is about the whole text.
    public var span: Span?
    /// The problem, in one lower-case sentence that contains no value of the file.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, at span: Span? = nil, _ message: String) {
        self.code = code
        self.span = span
        self.message = message
    }

    /// Makes an error about the byte at `index` of a value, which an encoding cannot represent.
    static func unrepresentable(at index: Int, _ message: String) -> DocumentError {
        DocumentError(.unrepresentable, at: Span(index, index), message)
    }
}
