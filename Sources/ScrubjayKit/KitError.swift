public import Errors

/// The reason why a workflow failed.
public struct KitError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// The run was interrupted.
        case interrupted
        /// The request is inconsistent.
        case unsuitable
        /// Only a part of it could be done, or it was not agreed to: the result is negative.
        case incomplete
        /// A required key was not given.
        case keyRequired
        /// Sensitive data was found where there must be none.
        case sensitive
        /// Doing it would destroy or expose something.
        case refused
        /// A file that is never replaced exists already.
        case outputExists
        /// The request is malformed, or names something that does not exist.
        case usage
    }

    /// The reason.
    public var code: Code
    /// The problem, in one lower-case sentence.
    public var message: String
    /// The suggested remedy, as a sentence that is true for every caller; nil if there is none.
    public var hint: String?
    /// What the caller of the library can do; nil if that is not known.
    public var remedy: Remedy?

    /// Makes an error.
    public init(_ code: Code, _ message: String, hint: String? = nil, remedy: Remedy? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.remedy = remedy
    }
}
