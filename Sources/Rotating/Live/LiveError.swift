public import Errors

/// The reason why a running deployment could not be rotated.
public struct LiveError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// No running service of the deployment was found.
        case nothingRuns
        /// Several deployments are running, and the request does not say which.
        case ambiguous
        /// A service does not answer as it must before anything may be changed.
        case notReady
        /// An earlier rotation is neither finished nor rolled back.
        case pending
        /// There is no rotation to resume, roll back or forget.
        case nothingPending
        /// A file was changed after the rotation that is to be rolled back.
        case changedSince
        /// The sealed file of a rotation cannot be opened or is not one.
        case unreadable
    }

    /// The reason.
    public var code: Code
    /// The problem, in one lower-case sentence without a value.
    public var message: String
    /// The suggested remedy; nil if the sentence says it.
    public var hint: String?

    /// Makes an error.
    public init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}
