internal import Glibc
internal import ScrubjayKit
internal import Sodium

/// Asks questions at the terminal.
enum Terminal {
    /// Asks for a line without echo, read into locked memory.
    static func askSecretly(_ question: String, console: Console) throws -> SecretBytes {
        var settings = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &settings) == 0 else {
            throw KitError(.unsuitable, "the terminal cannot be asked to hide what is typed")
        }
        let shown = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        guard unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings) == 0 else {
            throw KitError(.unsuitable, "the terminal cannot be asked to hide what is typed")
        }
        // After a stop and continue by the shell, the terminal would echo again.
        let stop = signal(SIGTSTP, SIG_IGN)
        defer {
            signal(SIGTSTP, stop)
            var shown = shown
            _ = unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
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
