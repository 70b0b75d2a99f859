internal import Collecting
internal import ScrubjayKit

/// A temporary line on the terminal with the current activity or the progress of a scan.
struct StatusLine {
    private let console: Console
    private let isShown: Bool
    private var isDrawn = false
    private var lastProgress: Duration?

    /// The minimum time between two states of progress.
    private static let interval = Duration.milliseconds(100)

    init(console: Console, isWanted: Bool) {
        self.console = console
        isShown = isWanted && console.showsProgress
    }

    /// Shows an activity while `body` runs.
    static func showing<Result>(
        _ text: String,
        on console: Console,
        _ body: () throws -> Result
    ) rethrows -> Result {
        var line = StatusLine(console: console, isWanted: true)
        line.show(text)
        defer { line.erase() }
        return try body()
    }

    /// Shows the current activity, as much of it as fits on the line: a line that wraps could not be erased.
    mutating func show(_ text: String) {
        guard isShown else { return }
        let room = max(0, (console.columns() ?? 80) - 3)
        console.notice(Array("\r\u{1B}[K\(Printable.text(text).prefix(room)) …".utf8))
        isDrawn = true
    }

    /// Shows the progress of a scan, unless it was shown a moment ago.
    mutating func show(_ progress: Scan.Progress) {
        guard isShown else { return }
        let now = console.pace.now()
        if let lastProgress, now - lastProgress < Self.interval { return }
        lastProgress = now
        let files = Count.of(progress.totalCount ?? progress.fileCount, "file")
        let bytes = progress.byteCount > 0 ? ", " + Count.bytes(progress.byteCount) : ""
        show("scanning \(files)\(bytes)")
    }

    /// Erases the line.
    mutating func erase() {
        guard isDrawn else { return }
        console.notice(Array("\r\u{1B}[K".utf8))
        isDrawn = false
    }
}
