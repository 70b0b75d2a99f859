internal import Archive
internal import Bundling
internal import Detecting

/// Scans the files of a bundle, of which some are in memory at a time.
///
/// What is found with certainty in one file is looked for in all that are scanned with it: in a small bundle these are all.
struct BundleScan {
    /// The bytes of the files that are scanned together.
    private static let batchSize = 1 << 24
    /// A file of more bytes is scanned in parts.
    private static let partSize = 1 << 23
    /// The bytes at the end of a part with which the next one begins, so that nothing is cut in two.
    private static let overlap = 1 << 14

    private let scan: Scan
    private var batch = FilesInArena()
    private var found: [ScannedFile] = []
    private var kept: [KeptFinding] = []

    init(_ scan: Scan) { self.scan = scan }

    /// What is found in the files of a bundle, in the order of the archive, and what is kept in them.
    ///
    /// - Throws: as ``VerifiedBundle/read(_:)``.
    func scan(_ bundle: VerifiedBundle) throws -> (files: [ScannedFile], kept: [KeptFinding]) {
        var run = self
        run.batch.reserve(min(Self.batchSize + Self.partSize, bundle.manifest.files.reduce(0) { $0 + $1.size }))
        var path = ""
        var offset = 0
        try bundle.read { part in
            switch part {
            case .entry(let entry):
                run.beginFile()
                (path, offset) = (entry.path, 0)
                run.batch.begin(path)
            case .bytes(let bytes):
                if run.batch.lastCount + bytes.count > Self.partSize {
                    offset += run.batch.lastCount - Self.overlap
                    let end = run.batch.suffix(Self.overlap)
                    run.beginFile()
                    run.batch.begin("\(path) (from byte \(offset))")
                    run.batch.append(end)
                }
                run.batch.append(bytes)
            }
        }
        run.flush()
        return (run.found, run.kept)
    }

    private mutating func beginFile() {
        if batch.byteCount >= Self.batchSize { flush() }
    }

    private mutating func flush() {
        var (found, kept): ([ScannedFile], [KeptFinding]) = ([], [])
        scan.scan(batch) { text in
            kept += text.kept
            guard !text.findings.isEmpty else { return }
            let items = zip(text.findings, text.regions).map {
                ScannedFile.Item(finding: $0, region: $1, isRepeated: false)
            }
            found.append(ScannedFile(path: text.path, origin: nil, items: items))
        }
        self.found += found
        self.kept += kept
        batch.removeAll()
    }
}
