internal import Archive
internal import Bundling
internal import Detecting
internal import Dispatch
internal import Sanitizing
internal import Synchronization

/// Looks for what is sensitive in the files that are packed, on threads beside those that pack them.
final class CleanlinessCheck: Sendable {
    private struct Stop: Error {}

    private let scan: ScanAhead
    private let kept: [ParameterFile.Kept]
    private let files: FilesToPack
    private let refusal = Mutex<(any Error)?>(nil)
    private let isStopped = Atomic(false)
    private let queue = DispatchQueue(label: "scan of what is packed")
    private let running = DispatchGroup()

    /// Prepares to look through `packed`, with what its own list of parameters says is kept; nothing is read but that list.
    ///
    /// - Throws: what reading the list throws; ``DocumentError`` where it is malformed.
    init(_ packed: PackedBundle, scan: ScanAhead) throws {
        let files = packed.files.filter { $0.path != Manifest.name }
        let list = files.first { $0.path == ParameterFile.name }
        kept = try list.map { try ParameterFile(parsing: $0.source.all()).kept } ?? []
        self.scan = scan
        self.files = FilesToPack(files)
    }

    /// Starts to look.
    func start() {
        queue.async(group: running) { [self] in
            do {
                try look()
            } catch {
                refusal.withLock { $0 = error }
            }
        }
    }

    /// Throws what was found so far.
    ///
    /// - Throws: ``KitError`` `sensitive`; what reading a file throws.
    func checkSoFar() throws {
        if let refusal = refusal.withLock({ $0 }) { throw refusal }
    }

    /// Waits until all was looked through.
    ///
    /// - Throws: as ``checkSoFar()``.
    func finish() throws {
        running.wait()
        try checkSoFar()
    }

    /// Stops to look, and waits until that is so.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        running.wait()
    }

    private func look() throws {
        try scan.scan().accepting(kept).scan(files) { text in
            if isStopped.load(ordering: .relaxed) { throw Stop() }
            guard let finding = text.findings.first else { return }
            let place = finding.line == 0 ? finding.path : "\(finding.path):\(finding.line)"
            throw KitError(
                .sensitive,
                "\(place): there is a \(finding.kind.rawValue) here, by the rule \(finding.rule); nothing was packed",
                hint: "run 'scrubjay sanitize' on the tree, and bundle its output"
            )
        }
        if let failure = files.failure { throw failure }
    }
}
