/// One file as a source gives it: its contents are at hand, and it may lie on no disk.
public struct SourceFile: Sendable {
    /// Where in a history a file comes from.
    public struct Origin: Hashable, Sendable {
        /// The id of its contents.
        public var blob: String
        /// The id of the commit that first had the contents under the path; nil for what no commit has, such as what is
        /// tagged or staged.
        public var commit: String?

        /// Makes an origin.
        public init(blob: String, commit: String? = nil) {
            self.blob = blob
            self.commit = commit
        }
    }

    /// The path relative to the root of the source, with `/` between its components.
    public var path: String
    /// The contents; of a link what it leads to.
    public var bytes: [UInt8]
    /// Where it comes from.
    public var origin: Origin
    /// Whether it is a symbolic link.
    public var isLink: Bool
    /// Whether the path is UTF-8; of one that is not, `path` has U+FFFD in the place of other bytes.
    public var hasPlainName: Bool

    /// Whether the file only points to contents that Git LFS keeps elsewhere.
    ///
    /// Source: the specification of Git LFS, docs/spec.md, "The Pointer".
    public var isLargeFilePointer: Bool {
        bytes.count < 1024 && bytes.starts(with: "version https://git-lfs.github.com/spec/".utf8)
    }
}
