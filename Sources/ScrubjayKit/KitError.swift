public import Errors

/// The reason why a workflow failed.
public struct KitError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// The run was interrupted.
        case interrupted
        /// The request is inconsistent.
        case unsuitable
        /// Not all of it could be done, or it was not agreed to: the answer is no.
        case incomplete
        /// A key that is needed was not given.
        case keyRequired
        /// Sensitive data is where none may be.
        case sensitive
        /// Doing it would destroy or expose something.
        case refused
        /// There is something already where a file is to be made that is never replaced.
        case outputExists
        /// What was asked for is written wrongly, or names something that does not exist.
        case usage
    }

    /// The reason.
    public var code: Code
    /// The problem, in one lower-case sentence.
    public var message: String
    /// The suggested remedy, in a sentence that is true for every caller; nil if there is none.
    public var hint: String?
    /// What the caller of the library could do; nil if that is not known.
    public var remedy: Remedy?

    /// Makes an error.
    public init(_ code: Code, _ message: String, hint: String? = nil, remedy: Remedy? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.remedy = remedy
    }
}
