public import Errors

/// The reason why an archive could not be written, or was refused.
public struct ArchiveError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// The format is not one that is written or read.
        case unsupportedFormat
        /// A member's name could affect something outside, cannot be displayed, or differs in meaning between systems.
        case unsafeName
        /// Two names are the same on a system that folds case or normalises.
        case nameCollision
        /// A member is not a regular file.
        case forbiddenMember
        /// Members, bytes, depth of folders or expansion exceed the limits.
        case tooLarge
        /// The time of the members does not fit into their headers.
        case timeOutOfRange
        /// The bytes are damaged, or are not what they claim to be.
        case malformed
        /// The archive is readable, but is not the canonical form of its contents.
        case notCanonical
        /// libarchive or zlib failed.
        case failed
    }

    /// The reason.
    public var code: Code
    /// The member's path, escaped for display; nil if the error is about the whole archive.
    public var place: String?
    /// The problem, in one lower-case sentence.
    public var message: String

    /// Makes an error about the member with the raw name `path`.
    public init(_ code: Code, at place: String? = nil, _ message: String) {
        self.code = code
        self.place = place.map { escaped($0.utf8) }
        self.message = message
    }
}
