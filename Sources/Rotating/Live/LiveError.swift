public import Errors

/// The reason why a running deployment could not be rotated.
public struct LiveError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// No running service of the deployment was found.
        case nothingRuns
        /// Several deployments are running, and the request does not say which.
        case ambiguous
        /// A service does not answer as required before anything may be changed.
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

    /// What the caller can do about an error or an unfinished rotation.
    public enum Remedy: Hashable, Sendable, CaseIterable {
        /// Name the configuration of Prosody.
        case pathOfProsodyConfiguration
        /// Start the deployment, or rotate in the files alone.
        case startingOrFilesAlone
        /// Check whether the deployment runs, or rotate in the files alone.
        case lookingOrFilesAlone
        /// Name one of the projects.
        case project
        /// Resume the rotation.
        case resuming
        /// Resume the rotation, or roll it back.
        case resumingOrRollingBack
        /// Resume the rotation, which removes the old secret of the TURN server, or roll it back.
        case removingOldSecretOrRollingBack
        /// Wait for the end of the overlap, or end it now.
        case endingOverlap
        /// Give the identity that the old values are sealed to.
        case identity
        /// Give the passphrase that the old values are sealed with.
        case passphrase
    }

    /// The reason.
    public var code: Code
    /// The problem, in one lower-case sentence without a value.
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
