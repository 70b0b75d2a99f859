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

    /// The terminal, for the same reason.
    nonisolated(unsafe) private static let descriptor = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

    private let stop: __sighandler_t?
    private let handlers: [(number: Int32, handler: __sighandler_t?)]

    /// Hides what is typed.
    ///
    /// - Throws: ``KitError`` `unsuitable` where the descriptor is no terminal.
    init(of terminal: Int32) throws {
        var settings = termios()
        guard unsafe tcgetattr(terminal, &settings) == 0 else { throw Self.failure }
        unsafe Self.shown.initialize(to: settings)
        unsafe Self.descriptor.initialize(to: terminal)
        // Stopped and continued by its shell, the terminal would show again what is typed.
        stop = signal(SIGTSTP, SIG_IGN)
        handlers = Self.ending.map { number in
            let handler = signal(number) { number in
                _ = unsafe tcsetattr(HiddenEcho.descriptor.pointee, TCSANOW, HiddenEcho.shown)
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
        guard unsafe tcsetattr(terminal, TCSAFLUSH, &settings) == 0 else {
            end()
            throw Self.failure
        }
    }

    /// Shows again what is typed.
    func end() {
        _ = unsafe tcsetattr(Self.descriptor.pointee, TCSAFLUSH, Self.shown)
        for entry in handlers { _ = signal(entry.number, entry.handler) }
        _ = signal(SIGTSTP, stop)
    }

    static let failure = KitError(.unsuitable, "the terminal cannot be asked to hide what is typed")
}
