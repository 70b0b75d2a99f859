internal import Synchronization

/// Listed files of a git repository: those of its index that differ from the checked-out commit, or what commits
/// replaced.
///
/// Each file is read from git when it is requested, by one program that stays open: only requested files are in memory.
public final class ListedGitFiles: Sendable {
    /// The staged entries that are not files, with reasons.
    public let skipped: [Deployment.Skipped]
    /// The staged entries that have no contents, such as files with conflicts.
    public let failures: [CollectingError]

    private let blobs: [GitBlob]
    private let reader: Mutex<BlobReader>

    /// Lists the staged files, exactly as they are staged.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - admits: returns whether the file at a path is wanted.
    /// - Throws: ``GitError``: `bare`, `failed` or `notInstalled`.
    public convenience init(
        in repository: GitRepository,
        where admits: (String) -> Bool
    ) throws(GitError) {
        let staged = try GitIndex.staged(in: repository)
        try self.init(
            repository,
            blobs: staged.blobs.filter { admits($0.name) },
            skipped: staged.skipped.filter { admits($0.path) },
            failures: staged.failures.filter { admits($0.path) }
        )
    }

    /// Lists the committed files at the paths whose staged contents differ.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - admits: returns whether the file at a path is wanted.
    /// - Throws: ``GitError``: `bare`, `failed` or `notInstalled`.
    public convenience init(
        replacedIn repository: GitRepository,
        where admits: (String) -> Bool
    ) throws(GitError) {
        let blobs = try GitIndex.staged(in: repository).replaced.filter { admits($0.name) }
        try self.init(repository, blobs: blobs, skipped: [], failures: [])
    }

    /// Lists the earlier files at the paths that the commits reachable from HEAD and not from a revision change.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - revision: the revision.
    ///   - admits: returns whether the file at a path is wanted.
    /// - Throws: ``GitError``: `unknownRevision`, `failed` or `notInstalled`.
    public convenience init(
        changedIn repository: GitRepository,
        since revision: String,
        where admits: (String) -> Bool
    ) throws(GitError) {
        let blobs = try repository.blobs(changedSince: revision).filter { admits($0.name) }
        try self.init(repository, blobs: blobs, skipped: [], failures: [])
    }

    private init(
        _ repository: GitRepository,
        blobs: [GitBlob],
        skipped: [Deployment.Skipped],
        failures: [CollectingError]
    ) throws(GitError) {
        self.blobs = blobs
        self.skipped = skipped
        self.failures = failures
        reader = Mutex(try BlobReader(repository))
    }

    /// The number of files.
    public var count: Int { blobs.count }

    /// Returns the path of a file.
    public func path(of index: Int) -> String { blobs[index].name }

    /// Returns the origin of a file.
    public func origin(of index: Int) -> SourceFile.Origin { blobs[index].origin }

    /// The paths that are not UTF-8, with U+FFFD in place of invalid bytes.
    public var pathsWithMarks: [String] { blobs.filter { !$0.hasPlainName }.map(\.name) }

    /// Whether a file is a symbolic link, whose contents are its target.
    public func isLink(_ index: Int) -> Bool { blobs[index].isLink }

    /// Reads a file; only one is read at a time.
    ///
    /// - Throws: ``CollectingError`` `missing` or `unreadable`; ``GitError`` `failed`, after which nothing more can be
    ///   read.
    public func file(_ index: Int) throws -> SourceFile {
        let blob = blobs[index]
        return try reader.withLock { reader in
            try reader.request(blob.origin.blob)
            return blob.file(try reader.contents(of: blob))
        }
    }
}
