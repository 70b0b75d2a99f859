public import Documents
public import SystemPackage

/// Why a set of files could not be replaced.
public struct FileTransactionError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// A path is empty, absolute, leaves the root, or has an empty component.
        case invalidPath
        /// Two replacements are for the same file.
        case duplicatePath
        /// A symbolic link stands where a folder or a file of the tree should.
        case symbolicLink
        /// What should be replaced is a folder, a socket or another thing that is no regular file.
        case notARegularFile
        /// A file is no longer what it was when it was read.
        case changed
        /// Another transaction works on the same tree.
        case busy
        /// A transaction was interrupted and is neither finished nor rolled back yet.
        case unfinished
        /// The journal is none that this version wrote.
        case malformedJournal
        /// The new file could not be given the owner and group of the old one.
        case ownerNotKept
        /// The new file could not be given the extended attributes of the old one.
        case attributesNotKept
        /// The system refused an operation.
        case system
    }

    /// The reason.
    public var code: Code
    /// The file's path relative to the root; nil where the whole tree is meant.
    public var path: String?
    /// What the system said; nil where it was not asked.
    public var cause: Errno?
    /// What happened, in one lower-case sentence without a value of the file.
    public var message: String

    /// What it is about.
    public var subject: String? { path }

    /// Makes an error.
    public init(_ code: Code, at path: String? = nil, cause: Errno? = nil, _ message: String) {
        self.code = code
        self.path = path
        self.cause = cause
        self.message = message
    }
}
