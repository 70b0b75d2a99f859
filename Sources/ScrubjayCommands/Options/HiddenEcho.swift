internal import Glibc
internal import ScrubjayKit

/// A terminal that does not show what is typed, until ``end()`` or a signal that ends the process.
struct HiddenEcho {
    /// The signals that end a process, before which the terminal shows again what is typed.
    private static let ending = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]
    /// How the terminal was.
    ///
    /// A handler of signals can reach nothing but what lives as long as the process.
    nonisolated(unsafe) private static let shown = UnsafeMutablePointer<termios>.allocate(capacity: 1)

    private let stop: __sighandler_t?
    private let handlers: [(number: Int32, handler: __sighandler_t?)]

    /// Hides what is typed.
    ///
    /// - Throws: ``KitError`` `unsuitable` where the standard input is no terminal.
    init() throws {
        var settings = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &settings) == 0 else { throw Self.failure }
        unsafe Self.shown.initialize(to: settings)
        // Stopped and continued by its shell, the terminal would show again what is typed.
        stop = signal(SIGTSTP, SIG_IGN)
        handlers = Self.ending.map { number in
            let handler = signal(number) { number in
                _ = unsafe tcsetattr(STDIN_FILENO, TCSANOW, HiddenEcho.shown)
                signal(number, SIG_DFL)
                raise(number)
            }
            // What whoever started the process has it ignore, as `nohup` does, stays ignored.
            if unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
                signal(number, SIG_IGN)
            }
            return (number, handler)
        }
        settings.c_lflag &= ~tcflag_t(ECHO)
        guard unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings) == 0 else {
            end()
            throw Self.failure
        }
    }

    /// Shows again what is typed.
    func end() {
        _ = unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, Self.shown)
        for entry in handlers { _ = signal(entry.number, entry.handler) }
        _ = signal(SIGTSTP, stop)
    }

    private static let failure = KitError(.unsuitable, "the terminal cannot be asked to hide what is typed")
}
