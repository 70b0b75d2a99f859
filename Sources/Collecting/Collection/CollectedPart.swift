public import Sodium

/// A file of a deployment that was created from running services rather than copied from a folder.
public struct CollectedPart: Sendable {
    /// The path in the collected deployment.
    public var path: String
    /// The contents.
    public var bytes: [UInt8]
    /// Its origin: a file, a command, a container.
    public var origin: String

    /// The target of a symbolic link; nil for a file.
    public var target: String?
    /// The original mode and owner; nil if it did not exist as a file.
    public var rights: Rights?

    /// The original mode and owner of a file.
    public struct Rights: Hashable, Sendable {
        /// The lower twelve bits of the mode.
        public var permissions: Int
        /// The user id.
        public var user: Int
        /// The group id.
        public var group: Int

        /// Makes rights.
        public init(permissions: Int, user: Int, group: Int) {
            self.permissions = permissions
            self.user = user
            self.group = group
        }
    }

    /// Makes a part.
    public init(path: String, bytes: [UInt8], origin: String, target: String? = nil, rights: Rights? = nil) {
        self.path = path
        self.bytes = bytes
        self.origin = origin
        self.target = target
        self.rights = rights
    }

    /// Whether it is executable.
    public var isExecutable: Bool { (rights?.permissions ?? 0) & 0o100 != 0 }

    /// The digest of the contents.
    public var digest: Digest { SHA256.hash(bytes) }
}
