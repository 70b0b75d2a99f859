internal import SystemPackage

/// Files of a git repository, one at a time: what is staged, or all that its history holds.
///
/// However long the history is, one file is in memory, and a few bytes for each that was seen.
public struct GitFiles: ~Copyable {
    /// What is listed and not read, with the reason; complete when ``next()`` has given nil.
    public private(set) var skipped: [Deployment.Skipped]
    /// What could not be read; complete when ``next()`` has given nil.
    public private(set) var failures: [CollectingError]

    private let repository: GitRepository
    private var listing: Listing
    private var reader: BlobReader
    private let admits: (String) -> Bool
    /// The blobs that the reader was asked for.
    private var requested: [GitBlob] = []
    private var served = 0
    /// What of a history was listed, as ``GitBlob/key(_:)``.
    private var seen: Set<Int> = []
    /// How much of it is not in this clone.
    private var absentCount = 0

    /// How many blobs git is asked for in advance: it reads one while another is looked at.
    private static let window = 32
    /// The largest file that is read, in bytes.
    private static let sizeLimit = 1 << 29

    /// Where the names come from.
    private enum Listing {
        case staged(ArraySlice<GitBlob>)
        case history(GitHistory)
    }

    /// The files of the index that differ from the commit that the work tree is of, exactly as they are staged.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - admits: whether the file of a path is wanted.
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

    /// Every file that the history holds, each content once, the oldest commit first.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - revision: nil for all that any ref leads to; otherwise what HEAD leads to and this revision does not.
    ///   - admits: whether the file of a path is wanted.
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

    /// The next file; nil when there are no more.
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

    /// The next file that is listed and wanted.
    private mutating func nextBlob() throws(GitError) -> GitBlob? {
        switch listing {
        case .staged(var blobs):
            let blob = blobs.popFirst()
            listing = .staged(blobs)
            return blob
        case .history(let history):
            while let blob = try history.next() {
                // What is not wanted at one path may be at another.
                let key = GitBlob.key(blob.origin.blob)
                guard admits(blob.name), seen.insert(key).inserted else { continue }
                guard history.absent.contains(key) else { return blob }
                absentCount += 1
            }
            noteAbsence()
            return nil
        }
    }

    /// Takes down once how much a partial clone has not.
    private mutating func noteAbsence() {
        guard absentCount > 0 else { return }
        let files = absentCount == 1 ? "1 file" : "\(absentCount) files"
        let message =
            "the clone is partial, and has not \(files) of its history: git fetch --refetch --no-filter brings all"
        failures.append(CollectingError(.missing, at: repository.place, message))
        absentCount = 0
    }
}
