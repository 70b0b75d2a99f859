/// One file in an archive.
///
/// There are no folders, links or devices: a folder exists because a file is in it.
public struct Member: Hashable, Sendable {
    /// The path relative to the archive's root, with `/` between its components.
    public var path: String
    /// Whether the file's mode is `0755`; it is `0644` otherwise.
    public var isExecutable: Bool
    /// The contents.
    public var bytes: [UInt8]

    /// Makes a member.
    public init(path: String, isExecutable: Bool = false, bytes: [UInt8]) {
        self.path = path
        self.isExecutable = isExecutable
        self.bytes = bytes
    }

    /// The file's mode: `0o644` or `0o755`.
    public var mode: Int { isExecutable ? 0o755 : 0o644 }
}
