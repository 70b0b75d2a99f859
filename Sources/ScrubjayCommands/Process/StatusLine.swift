/// A temporary line on the terminal with the current activity.
struct StatusLine {
    private let console: Console
    private let isShown: Bool
    private var isDrawn = false

    init(console: Console, isWanted: Bool) {
        self.console = console
        isShown = isWanted && console.showsProgress
    }

    /// Shows the current activity.
    mutating func show(_ text: String) {
        guard isShown else { return }
        console.notice(Array("\r\u{1B}[K\(Printable.text(text)) …".utf8))
        isDrawn = true
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

    /// Erases the line.
    mutating func erase() {
        guard isDrawn else { return }
        console.notice(Array("\r\u{1B}[K".utf8))
        isDrawn = false
    }
}
