extension Deployment {
    /// An entry of the folder that is not read.
    public struct Skipped: Hashable, Sendable {
        /// The path relative to the root.
        public var path: String
        /// Why it is not read.
        public var reason: Reason

        /// Makes a note of something that is not read.
        public init(path: String, reason: Reason) {
            self.path = path
            self.reason = reason
        }

        /// Whether its contents are unknown, as with a folder that cannot be opened, rather than nothing to read.
        public var isUnknown: Bool {
            switch reason {
            case .nameNotUTF8, .closed, .unreadable: true
            default: false
            }
        }
    }
}

extension Deployment.Skipped {
    /// Why an entry is not read.
    public enum Reason: Hashable, Sendable {
        /// It is the folder in which git keeps the history.
        case gitFolder
        /// Its name is not text; it is shown with escapes.
        case nameNotUTF8
        /// It is a folder that cannot be opened, as the message says.
        case closed(String)
        /// It is a file that the system refuses to read.
        case unreadable
        /// It is a link, and links are not followed.
        case link
        /// It is a repository inside a repository.
        case submodule
        /// It is a Git LFS pointer; the file itself is not in the repository.
        case largeFilePointer
        /// It is a named pipe.
        case namedPipe
        /// It is a socket.
        case socket
        /// It is a device.
        case device
        /// It is state that a rotation left in the deployment.
        case rotationState
    }
}

extension Deployment.Skipped.Reason: CustomStringConvertible {
    /// The reason in one lower-case phrase.
    public var description: String {
        switch self {
        case .gitFolder: "a git folder"
        case .nameNotUTF8: "its name is not valid UTF-8: rename it"
        case .closed(let message): message
        case .unreadable: "cannot be read"
        case .link: "a symbolic link, not followed"
        case .submodule: "a submodule, a repository of its own"
        case .largeFilePointer: "a Git LFS pointer; the file itself is not in the repository"
        case .namedPipe: "a named pipe"
        case .socket: "a socket"
        case .device: "a device"
        case .rotationState: "state of a rotation"
        }
    }
}
