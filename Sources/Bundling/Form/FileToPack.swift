public import Archive

/// One file of a bundle to be written, with contents that are read on demand; use ``PreparedBundle`` for the complete
/// list.
///
/// The contents are read more than once.
public struct FileToPack: Sendable {
    /// The path relative to the archive's root.
    public var path: String
    /// Whether the file's mode is `0755`; it is `0644` otherwise.
    public var isExecutable: Bool
    /// The contents.
    public var source: ByteSource

    /// Makes a file.
    public init(path: String, isExecutable: Bool = false, source: ByteSource) {
        self.path = path
        self.isExecutable = isExecutable
        self.source = source
    }

    /// Makes a file from one in memory.
    public init(_ member: Member) {
        self.init(path: member.path, isExecutable: member.isExecutable, source: ByteSource(member.bytes))
    }

    /// The archive's entry for it.
    var entry: ArchiveEntry { ArchiveEntry(path: path, isExecutable: isExecutable, size: source.count) }
}
