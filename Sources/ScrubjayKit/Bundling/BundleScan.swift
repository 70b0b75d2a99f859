internal import Archive
internal import Bundling
internal import Detecting
internal import Documents
internal import Dispatch
internal import Synchronization

/// Scans the files of a bundle while they are read: one batch is scanned on other threads while the next one is filled.
///
/// A value found with certainty in one file is searched for in all files of its batch, which is the whole bundle if it
/// is small.
struct BundleScan {
    /// The findings, in archive order and limited in number: a malicious signer may cause more than memory can hold.
    struct Found {
        private let limit: Int
        private var count = 0
        private var reasons: Set<Decisions.Reason> = []
        private(set) var files: [ScannedFile] = []
        /// The findings that the signer keeps on purpose: a limited number, with at least one for each decision.
        private(set) var kept: [KeptFinding] = []
        /// The parts of archives that could not be read, limited in number as well.
        private(set) var notes: [Scan.Note] = []
        /// Whether no finding, reported or kept, was dropped.
        private(set) var isComplete = true

        fileprivate init(limit: Int) { self.limit = limit }

        var isEmpty: Bool { files.isEmpty && kept.isEmpty }

        /// Whether the limit of findings is reached, so that the search can stop.
        fileprivate var isFull: Bool { count == limit }

        fileprivate mutating func add(_ text: Scanner.ScannedText) {
            if text.isContainer, notes.count < limit {
                notes += text.notes.map { Scan.Note(path: text.path, line: $0.line, message: $0.message) }
            }
            for found in text.kept {
                if reasons.insert(found.reason).inserted || kept.count < limit {
                    kept.append(found)
                } else {
                    isComplete = false
                }
            }
            guard !text.findings.isEmpty else { return }
            let items = zip(text.findings, text.regions).prefix(limit - count).map {
                ScannedFile.Item(finding: $0, region: $1, isRepeated: false)
            }
            count += items.count
            if isFull { isComplete = false }
            if !items.isEmpty { files.append(ScannedFile(path: text.path, origin: nil, items: items)) }
        }
    }

    /// The maximum number of findings, and of kept places.
    private static let limit = 10_000

    /// The number of bytes that are scanned together.
    private static let batchSize = 3 << 22
    /// The part size for larger files other than archives, in bytes.
    private static let partSize = 1 << 22
    /// The number of bytes that show whether a file is an archive.
    private static let headSize = 512
    /// The number of bytes that a part repeats from the one before, so that no value is cut in two.
    private static let overlap = 1 << 14

    private let worker: Worker
    private let batchSize: Int
    private var batch = FilesInPieces()
    private var path = ""
    /// Whether the file is an archive, which is read as a whole.
    private var isArchive = false
    /// Whether the rest of the file is not read.
    private var isPassedOver = false

    init(_ scan: ScanAhead, limit: Int = Self.limit, batchSize: Int = Self.batchSize) {
        worker = Worker(scan, limit: limit)
        self.batchSize = batchSize
    }

    init(_ scan: Scan, limit: Int = Self.limit, batchSize: Int = Self.batchSize) {
        self.init(ScanAhead { scan }, limit: limit, batchSize: batchSize)
    }

    /// Scans what `body` hands over.
    ///
    /// - Parameter body: reads a bundle, and hands over each entry, and then its bytes.
    /// - Returns: the result of `body`, and the findings.
    /// - Throws: what `body` throws, and what loading the scan's rules throws.
    func run<Result>(
        _ body: (_ take: (CanonicalArchive.Part) -> Void) throws -> Result
    ) throws -> (result: Result, found: Found) {
        var run = self
        defer { worker.wait() }
        let result = try body { run.take($0) }
        run.flush()
        return (result, try worker.finish())
    }

    private mutating func take(_ part: CanonicalArchive.Part) {
        switch part {
        case .entry(let entry):
            beginFile(entry.path)
            (path, isArchive, isPassedOver) = (entry.path, false, false)
        case .bytes(let bytes):
            guard !isPassedOver else { return }
            if batch.lastCount + bytes.count > Self.partSize {
                if !isArchive, !isContinued { isArchive = ForeignArchive.begins(batch.prefix(Self.headSize)) }
                if !isArchive { beginPart() }
            }
            batch.append(bytes)
            guard isArchive, batch.lastCount > Scanner.wholeFileLimit else { return }
            batch.dropContents(keeping: Self.headSize)
            isPassedOver = true
        }
    }

    /// Whether the current part continues a file that an earlier part began.
    private var isContinued: Bool { batch.count > 0 && batch.part(of: batch.count - 1).offset > 0 }

    private mutating func beginFile(_ path: String, _ part: FilePart = FilePart()) {
        if batch.byteCount >= batchSize { flush() }
        batch.begin(path, part)
    }

    /// Begins the next part of the file, with the last bytes of this one.
    private mutating func beginPart() {
        let end = batch.suffix(Self.overlap)
        beginFile(path, batch.endPart(repeating: Self.overlap))
        batch.append(end[...])
    }

    private mutating func flush() {
        guard batch.count > 0 else { return }
        worker.scan(batch)
        batch = FilesInPieces()
    }
}

extension BundleScan {
    /// Scans one batch at a time on other threads.
    private final class Worker: Sendable {
        private let scan: ScanAhead
        private let queue = DispatchQueue(label: "scan of a bundle")
        private let running = DispatchGroup()
        private let found: Mutex<Found>
        private let failure = Mutex<(any Error)?>(nil)

        init(_ scan: ScanAhead, limit: Int) {
            self.scan = scan
            found = Mutex(Found(limit: limit))
        }

        /// Starts to scan a batch once the one before is done, so that at most two are in memory.
        func scan(_ batch: FilesInPieces) {
            running.wait()
            queue.async(group: running) { [self] in
                guard !found.withLock(\.isFull) else { return }
                do {
                    try scan.scan().scan(batch) { text in
                        var text = text
                        batch.part(of: text.file).move(&text)
                        found.withLock { $0.add(text) }
                    }
                } catch {
                    failure.withLock { $0 = $0 ?? error }
                }
            }
        }

        /// Waits until every batch is scanned.
        func wait() { running.wait() }

        /// Waits, and returns the findings.
        func finish() throws -> Found {
            wait()
            if let failure = failure.withLock({ $0 }) { throw failure }
            return found.withLock { $0 }
        }
    }
}
