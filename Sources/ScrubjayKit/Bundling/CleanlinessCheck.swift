internal import Archive
internal import Bundling
internal import Detecting
internal import Dispatch
internal import Documents
internal import Sanitizing
internal import Synchronization

/// Scans the packed files on other threads while they are packed.
final class CleanlinessCheck: Sendable {
    private struct Stop: Error {}

    private let scan: ScanAhead
    private let kept: [ParameterFile.Kept]
    private let files: FilesToPack
    private let refusal = Mutex<(any Error)?>(nil)
    private let isStopped = Atomic(false)
    private let queue = DispatchQueue(label: "scan of what is packed")
    private let running = DispatchGroup()

    /// Prepares to scan `packed`; its own parameter list says which values are kept.
    ///
    /// Only that list is read.
    ///
    /// - Throws: what reading the list throws; ``DocumentError`` if it is malformed.
    init(_ packed: PreparedBundle, scan: ScanAhead) throws {
        let files = packed.files.filter { $0.path != Manifest.name }
        let list = files.first { $0.path == ParameterFile.name }
        kept = try list.map { try ParameterFile(parsing: $0.source.all()).kept } ?? []
        self.scan = scan
        self.files = FilesToPack(files)
    }

    /// Starts the scan.
    func start() {
        queue.async(group: running) { [self] in
            do {
                try look()
            } catch {
                refusal.withLock { $0 = error }
            }
        }
    }

    /// Throws if something has been found so far.
    ///
    /// - Throws: ``KitError`` `sensitive`; what reading a file throws.
    func checkSoFar() throws {
        if let refusal = refusal.withLock({ $0 }) { throw refusal }
    }

    /// Waits until everything is scanned.
    ///
    /// - Throws: as ``checkSoFar()``.
    func finish() throws {
        running.wait()
        try checkSoFar()
    }

    /// Stops the scan, and waits until it has stopped.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        running.wait()
    }

    private func look() throws {
        try scan.scan().accepting(kept).scan(files) { text in
            if isStopped.load(ordering: .relaxed) { throw Stop() }
            if text.isUnopened, let note = text.notes.first {
                throw KitError(.sensitive, "\(text.path): \(note.message); nothing was packed")
            }
            guard let finding = text.findings.first else { return }
            let place = finding.line == 0 ? finding.path : "\(finding.path):\(finding.line)"
            throw KitError(
                .sensitive,
                "\(place): found a value of kind \(finding.kind.rawValue) by rule \(finding.rule); nothing was packed",
                remedy: .sanitizing
            )
        }
        if let failure = files.failure { throw failure }
    }
}
