internal import SystemPackage

/// The files of a git repository in sequence: the staged ones, or all of its history.
///
/// However long the history is, only one file is in memory, and a few bytes for each one seen.
public struct GitFiles: ~Copyable {
    /// What is listed but not read, with reasons; complete when ``next()`` has returned nil.
    public private(set) var skipped: [Deployment.Skipped]
    /// What could not be read; complete when ``next()`` has returned nil.
    public private(set) var failures: [CollectingError]

    private let repository: GitRepository
    private var listing: Listing
    private var reader: BlobReader
    private let admits: (String) -> Bool
    /// The requested blobs.
    private var requested: [GitBlob] = []
    private var served = 0
    /// The listed objects of a history, as ``GitBlob/key(_:)``.
    private var seen: Set<Int> = []
    /// The number of them that are not in this clone.
    private var absentCount = 0

    /// The number of blobs requested in advance: git reads one while another is processed.
    private static let window = 32
    /// The maximum size in bytes of a file that is read.
    private static let sizeLimit = 1 << 29

    /// The source of the names.
    private enum Listing {
        case staged(ArraySlice<GitBlob>)
        case history(GitHistory)
    }

    /// Lists the files of the index that differ from the checked-out commit, exactly as staged.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - admits: returns whether the file at a path is wanted.
    /// - Throws: ``GitError``: `bare`, `failed` or `notInstalled`.
    public init(stagedIn repository: GitRepository, where admits: @escaping (String) -> Bool) throws(GitError) {
        let staged = try GitIndex.staged(in: repository)
        try self.init(
            repository,
            listing: .staged(staged.blobs.filter { admits($0.name) }[...]),
            skipped: staged.skipped.filter { admits($0.path) },
            failures: staged.failures.filter { admits($0.path) },
            where: admits
        )
    }

    /// Lists what the checked-out commit has at the paths of the files whose staged contents differ.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - admits: returns whether the file at a path is wanted.
    /// - Throws: ``GitError``: `bare`, `failed` or `notInstalled`.
    public init(replacedInIndexOf repository: GitRepository, where admits: @escaping (String) -> Bool) throws(GitError)
    {
        let blobs = try GitIndex.staged(in: repository).replaced
        let listing = Listing.staged(blobs.filter { admits($0.name) }[...])
        try self.init(repository, listing: listing, skipped: [], failures: [], where: admits)
    }

    /// Lists what was there before the commits of HEAD that a revision does not reach, at the paths that they change.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - revision: the revision.
    ///   - admits: returns whether the file at a path is wanted.
    /// - Throws: ``GitError``: `unknownRevision`, `failed` or `notInstalled`.
    public init(
        changedIn repository: GitRepository,
        since revision: String,
        where admits: @escaping (String) -> Bool
    ) throws(GitError) {
        let blobs = try repository.blobs(changedSince: revision).filter { admits($0.name) }
        try self.init(repository, listing: .staged(blobs[...]), skipped: [], failures: [], where: admits)
    }

    /// Lists every file of the history, each content once, the oldest commit first.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - revision: nil for everything that any ref reaches; otherwise what HEAD reaches and this revision does not.
    ///   - admits: returns whether the file at a path is wanted.
    /// - Throws: ``GitError``: `unknownRevision`, `failed` or `notInstalled`.
    public init(
        historyOf repository: GitRepository,
        since revision: String?,
        where admits: @escaping (String) -> Bool
    ) throws(GitError) {
        let listing = Listing.history(try GitHistory(repository, since: revision))
        try self.init(repository, listing: listing, skipped: [], failures: [], where: admits)
    }

    private init(
        _ repository: GitRepository,
        listing: Listing,
        skipped: [Deployment.Skipped],
        failures: [CollectingError],
        where admits: @escaping (String) -> Bool
    ) throws(GitError) {
        let reader = try BlobReader(repository)
        self.repository = repository
        self.listing = listing
        self.skipped = skipped
        self.failures = failures
        self.admits = admits
        self.reader = reader
    }

    /// Returns the next file; nil if there are no more.
    ///
    /// - Throws: ``GitError`` `failed`.
    public mutating func next() throws(GitError) -> SourceFile? {
        while true {
            while requested.count - served < Self.window, let blob = try nextBlob() {
                try reader.request(blob.origin.blob)
                requested.append(blob)
            }
            guard served < requested.count else { return nil }
            let blob = requested[served]
            served += 1
            if served == Self.window {
                requested.removeFirst(served)
                served = 0
            }
            switch try reader.answer(atMost: Self.sizeLimit) {
            case .contents(let bytes): return blob.file(bytes)
            case .missing:
                let message = "its contents are not in this clone"
                failures.append(CollectingError(.missing, at: blob.name, message))
            case .tooLarge(let size):
                let message = "it is \(size) bytes large, and no file of git beyond \(Self.sizeLimit) is read"
                failures.append(CollectingError(.unreadable, at: blob.name, message))
            }
        }
    }

    /// Returns the next listed file that is wanted.
    private mutating func nextBlob() throws(GitError) -> GitBlob? {
        switch listing {
        case .staged(var blobs):
            let blob = blobs.popFirst()
            listing = .staged(blobs)
            return blob
        case .history(let history):
            while let blob = try history.next() {
                // Contents that are not wanted at one path may be at another.
                let key = GitBlob.key(blob.origin.blob)
                guard admits(blob.name), seen.insert(key).inserted else { continue }
                guard history.absent.contains(key) else { return blob }
                absentCount += 1
            }
            noteAbsence()
            return nil
        }
    }

    /// Notes once how much a partial clone does not have.
    private mutating func noteAbsence() {
        guard absentCount > 0 else { return }
        let files = absentCount == 1 ? "1 file" : "\(absentCount) files"
        let message =
            "the clone is partial, and has not \(files) of its history: git fetch --refetch --no-filter brings all"
        failures.append(CollectingError(.missing, at: repository.place, message))
        absentCount = 0
    }
}
