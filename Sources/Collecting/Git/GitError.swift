public import Documents

/// Why git could not do what was asked of it.
public struct GitError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// There is no program of the name `git`.
        case notInstalled
        /// The place is in no repository.
        case notARepository
        /// The repository belongs to another user, and git reads it for nobody else.
        case notTrusted
        /// The repository is bare, and what was asked for lies in a work tree.
        case bare
        /// Git does not know in whose name to commit.
        case noIdentity
        /// A revision that was named does not exist.
        case unknownRevision
        /// Git ended with an error, or said something that it never says.
        case failed
    }

    /// The reason.
    public var code: Code
    /// The place that it is about.
    public var place: String
    /// What happened, in one lower-case sentence.
    public var message: String

    /// What it is about.
    public var subject: String? { place }

    /// Makes an error.
    public init(_ code: Code, at place: String, _ message: String) {
        self.code = code
        self.place = place
        self.message = message
    }
}
