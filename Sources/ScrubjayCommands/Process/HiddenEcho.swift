internal import Glibc
internal import ScrubjayKit

/// A terminal that does not show what is typed, until ``end()`` or a signal that ends the process.
struct HiddenEcho {
    /// The signals that end a process; their handler restores the terminal first.
    private static let ending = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]
    /// The original settings of the terminal.
    ///
    /// A signal handler can only access data that lives as long as the process.
    nonisolated(unsafe) private static let shown = UnsafeMutablePointer<termios>.allocate(capacity: 1)

    /// The terminal, for the same reason.
    nonisolated(unsafe) private static let descriptor = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

    private let stop: __sighandler_t?
    private let handlers: [(number: Int32, handler: __sighandler_t?)]

    /// Hides what is typed.
    ///
    /// - Throws: ``KitError`` `unsuitable` if the descriptor is not a terminal.
    init(of terminal: Int32) throws {
        var settings = termios()
        guard unsafe tcgetattr(terminal, &settings) == 0 else { throw Self.failure }
        unsafe Self.shown.initialize(to: settings)
        unsafe Self.descriptor.initialize(to: terminal)
        // If the shell stopped and continued the process, the terminal would show what is typed.
        stop = signal(SIGTSTP, SIG_IGN)
        handlers = Self.ending.map { number in
            let handler = signal(number) { number in
                _ = unsafe tcsetattr(HiddenEcho.descriptor.pointee, TCSANOW, HiddenEcho.shown)
                signal(number, SIG_DFL)
                raise(number)
            }
            // A signal that is ignored from the start, as under `nohup`, stays ignored.
            if unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
                signal(number, SIG_IGN)
            }
            return (number, handler)
        }
        settings.c_lflag &= ~tcflag_t(ECHO)
        guard unsafe tcsetattr(terminal, TCSAFLUSH, &settings) == 0 else {
            end()
            throw Self.failure
        }
    }

    /// Shows typed characters again.
    func end() {
        _ = unsafe tcsetattr(Self.descriptor.pointee, TCSAFLUSH, Self.shown)
        for entry in handlers { _ = signal(entry.number, entry.handler) }
        _ = signal(SIGTSTP, stop)
    }

    static let failure = KitError(.unsuitable, "the terminal cannot be asked to hide what is typed")
}
