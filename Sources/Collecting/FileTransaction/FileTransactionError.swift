public import Errors
public import SystemPackage

/// The reason why a set of files could not be replaced.
public struct FileTransactionError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// A path is empty, absolute, leaves the root, or has an empty component.
        case invalidPath
        /// Two replacements are for the same file.
        case duplicatePath
        /// A symbolic link is in the place of a folder or a file of the tree.
        case symbolicLink
        /// The path is a folder, a socket or something else that is not a regular file.
        case notARegularFile
        /// A file has changed since it was read.
        case changed
        /// Another transaction is working on the same tree.
        case busy
        /// An interrupted transaction is neither finished nor rolled back yet.
        case unfinished
        /// The journal was not written by this version.
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
    /// The file's path relative to the root; nil if the error is about the whole tree.
    public var place: String?
    /// The system's error; nil if there was none.
    public var cause: Errno?
    /// The problem, in one lower-case sentence without any of the file's contents.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, at place: String? = nil, cause: Errno? = nil, _ message: String) {
        self.code = code
        self.place = place
        self.cause = cause
        self.message = message
    }
}
