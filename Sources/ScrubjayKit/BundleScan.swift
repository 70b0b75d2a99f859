internal import Archive
internal import Bundling
internal import Detecting
internal import Dispatch
internal import Synchronization

/// Scans the files of a bundle while they are read: one batch of them, on threads beside, while the next one is filled.
///
/// What is found with certainty in one file is looked for in all that are scanned with it: in a small bundle these are all.
struct BundleScan {
    /// What is found, in the order of the archive.
    struct Found {
        var files: [ScannedFile] = []
        /// What the signer lets stand.
        var kept: [KeptFinding] = []

        var isEmpty: Bool { files.isEmpty && kept.isEmpty }
    }

    /// The bytes of the files that are scanned together.
    private static let batchSize = 3 << 22
    /// A file of more bytes is scanned in parts.
    private static let partSize = 1 << 22
    /// The bytes at the end of a part with which the next one begins, so that nothing is cut in two.
    private static let overlap = 1 << 14

    private let worker: Worker
    private var batch = FilesInPieces()
    private var path = ""
    private var offset = 0

    init(_ scan: ScanAhead) { worker = Worker(scan) }

    init(_ scan: Scan) { self.init(ScanAhead { scan }) }

    /// Scans what `body` hands over.
    ///
    /// - Parameter body: reads a bundle, and hands over each entry, and then its bytes.
    /// - Returns: what `body` gave back, and what was found.
    /// - Throws: what `body` throws, and what loading the scan's rules does.
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
            (path, offset) = (entry.path, 0)
        case .bytes(let bytes):
            if batch.lastCount + bytes.count > Self.partSize {
                offset += batch.lastCount - Self.overlap
                let end = batch.suffix(Self.overlap)
                beginFile("\(path) (from byte \(offset))")
                batch.append(end)
            }
            batch.append(bytes)
        }
    }

    private mutating func beginFile(_ path: String) {
        if batch.byteCount >= Self.batchSize { flush() }
        batch.begin(path)
    }

    private mutating func flush() {
        guard batch.count > 0 else { return }
        worker.scan(batch)
        batch = FilesInPieces()
    }
}

extension BundleScan {
    /// Scans one batch at a time, on threads of its own.
    private final class Worker: Sendable {
        private let scan: ScanAhead
        private let queue = DispatchQueue(label: "scan of a bundle")
        private let running = DispatchGroup()
        private let found = Mutex(Result<Found, any Error>.success(Found()))

        init(_ scan: ScanAhead) { self.scan = scan }

        /// Starts to scan, as soon as the batch before is done: no more than two are in memory.
        func scan(_ batch: FilesInPieces) {
            running.wait()
            queue.async(group: running) { [self] in
                let new = Result { try found(in: batch) }
                found.withLock { found in
                    found = Result {
                        var all = try found.get()
                        all.files += try new.get().files
                        all.kept += try new.get().kept
                        return all
                    }
                }
            }
        }

        private func found(in batch: FilesInPieces) throws -> Found {
            var found = Found()
            try scan.scan().scan(batch) { text in
                found.kept += text.kept
                guard !text.findings.isEmpty else { return }
                let items = zip(text.findings, text.regions).map {
                    ScannedFile.Item(finding: $0, region: $1, isRepeated: false)
                }
                found.files.append(ScannedFile(path: text.path, origin: nil, items: items))
            }
            return found
        }

        /// Waits until all that it has is scanned.
        func wait() { running.wait() }

        /// Waits, and tells what was found.
        func finish() throws -> Found {
            wait()
            return try found.withLock { try $0.get() }
        }
    }
}
