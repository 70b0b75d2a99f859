internal import SystemPackage

/// The files in the history of a git repository, one after the other.
///
/// No matter how long the history is, only one file is in memory, together with a few bytes for each file seen.
public struct GitFiles: ~Copyable {
    /// The errors about files that could not be read; complete when ``next()`` has returned nil.
    public private(set) var failures: [CollectingError] = []

    private let repository: GitRepository
    private let history: GitHistory
    private var reader: BlobReader
    private let admits: (String) -> Bool
    /// The requested blobs, in order.
    private var requested: [GitBlob] = []
    private var served = 0
    /// The listed objects of a history, as ``GitBlob/key(_:)``.
    private var seen: Set<Int> = []
    /// The number of listed objects that are not in this clone.
    private var absentCount = 0

    /// The number of blobs requested in advance: git reads one while another is processed.
    private static let window = 32

    /// Lists every file of the history, each content once, the oldest commit first.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - revision: nil for everything reachable from any ref; otherwise the commits reachable from HEAD and not from
    ///     this revision.
    ///   - admits: returns whether the file at a path is wanted.
    /// - Throws: ``GitError``: `unknownRevision`, `failed` or `notInstalled`.
    public init(
        historyOf repository: GitRepository,
        since revision: String?,
        where admits: @escaping (String) -> Bool
    ) throws(GitError) {
        let history = try GitHistory(repository, since: revision)
        let reader = try BlobReader(repository)
        self.repository = repository
        self.admits = admits
        self.history = history
        self.reader = reader
    }

    /// Returns the next file; nil if there are no more.
    ///
    /// - Throws: ``GitError`` `failed`.
    public mutating func next() throws -> SourceFile? {
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
            do {
                return blob.file(try reader.contents(of: blob))
            } catch let error as CollectingError {
                failures.append(error)
            }
        }
    }

    /// Returns the next listed file that is wanted.
    private mutating func nextBlob() throws(GitError) -> GitBlob? {
        while let blob = try history.next() {
            // Contents that are not wanted at one path may be wanted at another.
            let key = GitBlob.key(blob.origin.blob)
            guard admits(blob.name), seen.insert(key).inserted else { continue }
            guard history.absent.contains(key) else { return blob }
            absentCount += 1
        }
        noteAbsence()
        return nil
    }

    /// Adds one failure with the number of files that a partial clone lacks.
    private mutating func noteAbsence() {
        guard absentCount > 0 else { return }
        let files = absentCount == 1 ? "1 file" : "\(absentCount) files"
        let message =
            "the clone is partial and lacks \(files) of its history: run git fetch --refetch --no-filter"
        failures.append(CollectingError(.missing, at: repository.place, message))
        absentCount = 0
    }
}
