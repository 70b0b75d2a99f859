/// A file of a repository that is listed and not read yet.
struct GitBlob: Sendable {
    /// The bytes of its path.
    var path: [UInt8]
    /// Where it comes from.
    var origin: SourceFile.Origin
    /// Whether it is a symbolic link.
    var isLink: Bool

    init(path: [UInt8], origin: SourceFile.Origin, isLink: Bool = false) {
        self.path = path
        self.origin = origin
        self.isLink = isLink
    }

    /// The file that a change leaves behind.
    init(_ change: GitChange, commit: String? = nil) {
        self.init(
            path: change.path,
            origin: SourceFile.Origin(blob: change.blob, commit: commit),
            isLink: change.mode == GitChange.linkMode
        )
    }

    /// What stands for an id in sets of millions: 64 bits that are keyed anew in each process, so that nobody can make two
    /// that fall together.
    static func key(_ id: String) -> Int { id.hashValue }

    /// The path as text.
    var name: String { String(decoding: path, as: UTF8.self) }

    /// The file with these contents.
    func file(_ bytes: [UInt8]) -> SourceFile {
        SourceFile(
            path: name,
            bytes: bytes,
            origin: origin,
            isLink: isLink,
            hasPlainName: String(validating: path, as: UTF8.self) != nil
        )
    }
}
