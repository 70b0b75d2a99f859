/// One line on the terminal that says what is done now, and goes away.
struct StatusLine {
    private let console: Console
    private let isShown: Bool
    private var isDrawn = false

    init(console: Console, isWanted: Bool) {
        self.console = console
        isShown = isWanted && console.showsProgress
    }

    /// Shows what is done now.
    mutating func show(_ text: String) {
        guard isShown else { return }
        console.notice(Array("\r\u{1B}[K\(Printable.text(text)) …".utf8))
        isDrawn = true
    }

    /// Shows what is done while `body` does it.
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

    /// Takes the line away.
    mutating func erase() {
        guard isDrawn else { return }
        console.notice(Array("\r\u{1B}[K".utf8))
        isDrawn = false
    }
}
