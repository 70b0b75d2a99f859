public import Documents

/// Why a running deployment could not be rotated.
public struct LiveError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// No running service of the deployment was found.
        case nothingRuns
        /// Several deployments run, and it is not said which is meant.
        case ambiguous
        /// A service does not answer as it must before anything may be changed.
        case notReady
        /// A rotation was begun and is neither finished nor rolled back.
        case pending
        /// There is no rotation to be gone on with, rolled back or forgotten.
        case nothingPending
        /// A file was changed after the rotation that is to be rolled back.
        case changedSince
        /// The sealed file of a rotation cannot be opened or is none.
        case unreadable
    }

    /// The reason.
    public var code: Code
    /// What happened, in one lower-case sentence without a value.
    public var message: String
    /// What to do about it; nil where the sentence says it.
    public var hint: String?

    /// Makes an error.
    public init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}
