internal import ScrubjayKit

/// One line on the terminal that says how far a scan is, and goes away.
struct ProgressLine {
    private let console: Console
    private let isShown: Bool
    private var isDrawn = false
    private var last: ContinuousClock.Instant?

    /// How often the line changes.
    private static let interval = Duration.milliseconds(100)

    init(console: Console, isWanted: Bool) {
        self.console = console
        isShown = isWanted && console.showsProgress
    }

    /// Shows how far the scan is, if it was long ago that it was shown.
    mutating func show(_ progress: Scan.Progress) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if let last, last.duration(to: now) < Self.interval { return }
        last = now
        let files = Count.of(progress.totalCount ?? progress.fileCount, "file")
        let bytes = progress.byteCount > 0 ? ", " + Count.bytes(progress.byteCount) : ""
        console.notice(Array("\r\u{1B}[Kscanning \(files)\(bytes) …".utf8))
        isDrawn = true
    }

    /// Takes the line away.
    mutating func erase() {
        guard isDrawn else { return }
        console.notice(Array("\r\u{1B}[K".utf8))
        isDrawn = false
    }
}
