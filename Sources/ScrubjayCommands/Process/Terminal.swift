internal import ScrubjayKit
internal import Sodium

/// Asks questions at the terminal.
enum Terminal {
    /// Asks for a line without echo, read into locked memory.
    static func askSecretly(_ question: String, console: Console) throws -> SecretBytes {
        guard let terminal = console.terminal() else { throw HiddenEcho.failure }
        let echo = try HiddenEcho(of: terminal.input)
        defer {
            echo.end()
            console.ask(Array("\n".utf8))
        }
        console.ask(Array(question.utf8))
        return try SecretBytes.readLine(of: terminal.input, limit: 1024)
    }

    /// Asks for a line with echo; nil at the end of the input.
    static func ask(_ question: String, console: Console) -> String? {
        console.ask(Array(question.utf8))
        return console.readLine()
    }
}
