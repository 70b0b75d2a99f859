public import Sodium

/// A file of a deployment that was not copied from a folder but made from what runs.
public struct CollectedPart: Sendable {
    /// The path in the collected deployment.
    public var path: String
    /// The contents.
    public var bytes: [UInt8]
    /// Where it comes from: a file, a command, a container.
    public var origin: String

    /// What a symbolic link says; nil for a file.
    public var target: String?
    /// The mode and owner that it had where it ran; nil where it did not lie there as a file.
    public var rights: Rights?

    /// Who may do what with a file where it ran.
    public struct Rights: Hashable, Sendable {
        /// The lower twelve bits of the mode.
        public var permissions: Int
        /// The number of the user.
        public var user: Int
        /// The number of the group.
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

    /// Whether it is a program.
    public var isExecutable: Bool { (rights?.permissions ?? 0) & 0o100 != 0 }

    /// The digest of the contents.
    public var digest: Digest { SHA256.hash(bytes) }
}
