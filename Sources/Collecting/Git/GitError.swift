public import Errors

/// The reason why a git command failed.
public struct GitError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// git is not installed.
        case notInstalled
        /// The path is not in a repository.
        case notARepository
        /// The repository belongs to another user, and git refuses to read it.
        case notTrusted
        /// The repository is bare, but the request needs a work tree.
        case bare
        /// git has no identity for commits.
        case noIdentity
        /// A named revision does not exist.
        case unknownRevision
        /// git failed, or its output was unexpected.
        case failed
    }

    /// The reason.
    public var code: Code
    /// The path.
    public var place: String?
    /// The problem, in one lower-case sentence.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, at place: String, _ message: String) {
        self.code = code
        self.place = place
        self.message = message
    }
}
