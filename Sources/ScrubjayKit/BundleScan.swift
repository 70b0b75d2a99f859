internal import Archive
internal import Bundling
internal import Detecting

/// Scans the files of a bundle, of which some are in memory at a time.
///
/// What is found with certainty in one file is looked for in all that are scanned with it: in a small bundle these are all.
struct BundleScan {
    /// The bytes of the files that are scanned together.
    private static let batchSize = 1 << 25
    /// A file of more bytes is scanned in parts.
    private static let partSize = 1 << 24

    private let scan: Scan
    private var batch: [(path: String, bytes: [UInt8])] = []
    private var batchBytes = 0
    private var found: [ScannedFile] = []
    private var kept: [KeptFinding] = []

    init(_ scan: Scan) { self.scan = scan }

    /// What is found in the files of a bundle, in the order of the archive, and what is kept in them.
    ///
    /// - Throws: as ``VerifiedBundle/read(_:)``.
    func scan(_ bundle: VerifiedBundle) throws -> (files: [ScannedFile], kept: [KeptFinding]) {
        var run = self
        var path = ""
        var bytes: [UInt8] = []
        var offset = 0
        func end() {
            let isPart = offset > 0
            run.add(isPart ? "\(path) (from byte \(offset))" : path, bytes)
        }
        try bundle.read { part in
            switch part {
            case .entry(let entry):
                if !path.isEmpty { end() }
                (path, bytes, offset) = (entry.path, [], 0)
            case .bytes(let next):
                if bytes.count + next.count > Self.partSize {
                    end()
                    offset += bytes.count
                    bytes = []
                }
                bytes += next
            }
        }
        if !path.isEmpty { end() }
        run.flush()
        return (run.found, run.kept)
    }

    private mutating func add(_ path: String, _ bytes: [UInt8]) {
        batch.append((path, bytes))
        batchBytes += bytes.count
        if batchBytes >= Self.batchSize { flush() }
    }

    private mutating func flush() {
        let files = batch
        batch = []
        batchBytes = 0
        var (found, kept): ([ScannedFile], [KeptFinding]) = ([], [])
        scan.scan(BytesInMemory(files)) { text in
            kept += text.kept
            guard !text.findings.isEmpty else { return }
            let items = zip(text.findings, text.regions).map {
                ScannedFile.Item(finding: $0, region: $1, isRepeated: false)
            }
            found.append(ScannedFile(path: text.path, origin: nil, items: items))
        }
        self.found += found
        self.kept += kept
    }
}
