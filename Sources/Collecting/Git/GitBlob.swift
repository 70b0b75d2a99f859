/// A file of a repository that is listed but not read yet.
struct GitBlob: Sendable {
    /// The bytes of its path.
    var path: [UInt8]
    /// Its origin.
    var origin: SourceFile.Origin
    /// Whether it is a symbolic link.
    var isLink: Bool

    init(path: [UInt8], origin: SourceFile.Origin, isLink: Bool = false) {
        self.path = path
        self.origin = origin
        self.isLink = isLink
    }

    /// Makes the file that results from a change.
    init(_ change: GitChange, commit: String? = nil) {
        self.init(
            path: change.path,
            origin: SourceFile.Origin(blob: change.blob, commit: commit),
            isLink: change.mode == GitChange.linkMode
        )
    }

    /// Returns a 64-bit hash of an id, for sets of millions of ids.
    ///
    /// The hash is seeded anew in each process, so that nobody can construct collisions.
    static func key(_ id: String) -> Int { id.hashValue }

    /// The path as text.
    var name: String { String(decoding: path, as: UTF8.self) }

    /// Whether the path is UTF-8.
    var hasPlainName: Bool { String(validating: path, as: UTF8.self) != nil }

    /// Returns the file with these contents.
    func file(_ bytes: [UInt8]) -> SourceFile {
        SourceFile(
            path: name,
            bytes: bytes,
            origin: origin,
            isLink: isLink,
            hasPlainName: hasPlainName
        )
    }
}
