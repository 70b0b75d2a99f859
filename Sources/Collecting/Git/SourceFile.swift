/// A file from a source, with its contents in memory; it need not be on disk.
public struct SourceFile: Sendable {
    /// The origin of a file in a history.
    public struct Origin: Hashable, Sendable {
        /// The id of its contents.
        public var blob: String
        /// The id of the commit that first had the contents at the path; nil for contents without a commit, such as
        /// tagged or staged ones.
        public var commit: String?

        /// Makes an origin.
        public init(blob: String, commit: String? = nil) {
            self.blob = blob
            self.commit = commit
        }
    }

    /// The path relative to the root of the source, with `/` between its components.
    public var path: String
    /// The contents; for a link, its target.
    public var bytes: [UInt8]
    /// Its origin.
    public var origin: Origin
    /// Whether it is a symbolic link.
    public var isLink: Bool
    /// Whether the path is UTF-8; otherwise `path` has U+FFFD in place of invalid bytes.
    public var hasPlainName: Bool

    /// Whether the file is a pointer to contents in Git LFS.
    ///
    /// Source: the specification of Git LFS, docs/spec.md, "The Pointer".
    public var isLargeFilePointer: Bool {
        bytes.count < 1024 && bytes.starts(with: "version https://git-lfs.github.com/spec/".utf8)
    }
}
