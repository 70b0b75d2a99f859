internal import Glibc
internal import ScrubjayKit
internal import Sodium

/// Asks questions at the terminal.
enum Terminal {
    /// Asks for a line without echo, read into locked memory.
    static func askSecretly(_ question: String, console: Console) throws -> SecretBytes {
        let echo = try HiddenEcho()
        defer {
            echo.end()
            console.say("")
        }
        console.notice(Array(question.utf8))
        return try SecretBytes.readLine(of: STDIN_FILENO, limit: 1024)
    }

    /// Asks for a line with echo; nil at the end of the input.
    static func ask(_ question: String, console: Console) -> String? {
        console.notice(Array(question.utf8))
        return console.readLine()
    }
}
