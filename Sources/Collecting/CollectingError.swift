public import Errors
package import SystemPackage

/// The reason why a tree of files could not be read or written.
public struct CollectingError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// The path does not exist.
        case missing
        /// The path is not a folder.
        case notAFolder
        /// The system refused to read.
        case unreadable
        /// The system refused to write.
        case unwritable
        /// The output exists already.
        case outputExists
        /// The output is a folder that no run has written, so it is not replaced.
        case foreignFolder
        /// The parent folder of the output does not exist.
        case noFolder
        /// One of source and output is inside the other.
        case outputInsideSource
        /// A name is not valid UTF-8.
        case nameNotUTF8
        /// A path is absolute, leaves the root or has an empty component.
        case unsafePath
        /// The tree is nested too deeply.
        case tooDeep
        /// The source is itself a collected deployment.
        case alreadyCollected
        /// Another run is writing the same output.
        case busy
        /// The output would be in a git work tree without being ignored.
        case insideWorkTree
        /// A file has changed since it was read.
        case changed
        /// A file is larger than its purpose allows.
        case tooLarge
        /// The output is in place, but something that should have been removed is left.
        case leftBehind
    }

    /// The reason.
    public var code: Code
    /// The path.
    public var path: String
    /// The problem, in one lower-case sentence.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, at path: String, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }

    /// The path.
    public var place: String? { path }

    /// Returns the error with the path relative to a folder, as in findings.
    package func relative(to root: FilePath) -> CollectingError {
        var place = FilePath(path)
        guard place.removePrefix(root), !place.isEmpty else { return self }
        return CollectingError(code, at: place.string, message)
    }

    /// Returns the error for output that could not be removed after another error.
    static func left(_ path: String, after error: any Error, _ cause: String) -> CollectingError {
        return CollectingError(
            .unwritable,
            at: path,
            "it may contain secrets and could not be removed (\(cause)); the first error was: \(error)"
        )
    }
}
