public import Documents

/// Why an archive could not be written, or was refused.
public struct ArchiveError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// The format is not one that is written or read.
        case unsupportedFormat
        /// A member's name could touch something outside, cannot be shown, or means different things to different systems.
        case unsafeName
        /// Two names are the same on a system that folds case or normalizes.
        case nameCollision
        /// A member is no regular file.
        case forbiddenMember
        /// More members, bytes, folders or expansion than the limits allow.
        case tooLarge
        /// The time of the members does not fit into their headers.
        case timeOutOfRange
        /// The bytes are damaged, or are not what they claim to be.
        case malformed
        /// The archive can be read, and is not the one way to write what it holds.
        case notCanonical
        /// libarchive or zlib could not do its work.
        case failed
    }

    /// The reason.
    public var code: Code
    /// The member's path, escaped for display; nil where the archive as a whole is meant.
    public var path: String?
    /// What happened, in one lower-case sentence.
    public var message: String

    /// What it is about.
    public var subject: String? { path }

    /// Makes an error about the member with the raw name `path`.
    public init(_ code: Code, at path: String? = nil, _ message: String) {
        self.code = code
        self.path = path.map { escaped($0.utf8) }
        self.message = message
    }
}
