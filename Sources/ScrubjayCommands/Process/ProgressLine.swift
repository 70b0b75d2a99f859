internal import ScrubjayKit

/// A temporary line on the terminal with a scan's progress.
struct ProgressLine {
    private let console: Console
    private let isShown: Bool
    private var isDrawn = false
    private var last: ContinuousClock.Instant?

    /// The minimum time between changes of the line.
    private static let interval = Duration.milliseconds(100)

    init(console: Console, isWanted: Bool) {
        self.console = console
        isShown = isWanted && console.showsProgress
    }

    /// Shows the progress, unless it was shown a moment ago.
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

    /// Erases the line.
    mutating func erase() {
        guard isDrawn else { return }
        console.notice(Array("\r\u{1B}[K".utf8))
        isDrawn = false
    }
}
