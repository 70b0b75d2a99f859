/// The entry of a file in an archive, without the contents.
public struct ArchiveEntry: Hashable, Sendable {
    /// The path relative to the archive's root, with `/` between its components.
    public var path: String
    /// Whether the file's mode is `0755`; it is `0644` otherwise.
    public var isExecutable: Bool
    /// The size in bytes.
    public var size: Int

    /// Makes an entry.
    public init(path: String, isExecutable: Bool = false, size: Int) {
        self.path = path
        self.isExecutable = isExecutable
        self.size = size
    }

    /// The file's mode: `0o644` or `0o755`.
    public var mode: Int { isExecutable ? 0o755 : 0o644 }
}

extension Member {
    /// The entry of this file.
    public var entry: ArchiveEntry { ArchiveEntry(path: path, isExecutable: isExecutable, size: bytes.count) }
}
