internal import Glibc
internal import Synchronization

/// Lets a writing run end cleanly when it is interrupted.
public enum Interruption {
    /// The signals of a closed terminal, of Control-C and of `kill`.
    private static let signals = [SIGHUP, SIGINT, SIGTERM]
    /// Whether one came.
    ///
    /// A handler of signals can reach nothing but what lives as long as the process.
    private static let hasCome = Atomic<Bool>(false)

    /// What is said when Control-C ends the process at once.
    enum Farewell: Int {
        /// Nothing is being written.
        case plain
        /// Answers were written one by one.
        case answers

        var text: StaticString {
            switch self {
            case .plain: "\nscrubjay: interrupted\n"
            case .answers: "\nscrubjay: interrupted; the answers so far are written, and nothing was sanitized\n"
            }
        }
    }

    /// What is said now, for the handler.
    private static let farewell = Atomic<Int>(Farewell.plain.rawValue)

    /// Changes what is said when Control-C ends the process.
    static func say(_ words: Farewell) { farewell.store(words.rawValue, ordering: .relaxed) }

    /// Has Control-C say that it ended the process, unless whoever started it has it ignored.
    public static func announce() {
        say(.plain)
        var before = sigaction()
        guard unsafe sigaction(SIGINT, nil, &before) == 0, !isIgnored(before) else { return }
        signal(SIGINT) { number in
            let text = (Farewell(rawValue: Interruption.farewell.load(ordering: .relaxed)) ?? .plain).text
            _ = unsafe write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
            signal(number, SIG_DFL)
            raise(number)
        }
    }

    /// Runs `body` with the signals held back that would end it.
    ///
    /// They set what `isInterrupted` answers, and the body ends when it sees that. A second signal ends the process at
    /// once; what it leaves, the next run removes. A signal that whoever started the process has it ignore, as `nohup` does,
    /// stays ignored.
    static func guarding<Result>(_ body: (_ isInterrupted: @escaping @Sendable () -> Bool) throws -> Result) rethrows
        -> Result
    {
        // Made here, and not by the handler.
        _ = hasCome.load(ordering: .relaxed)
        let held = signals.compactMap(hold)
        defer {
            for (number, before) in held {
                var before = before
                unsafe sigaction(number, &before, nil)
            }
        }
        return try body { hasCome.load(ordering: .relaxed) }
    }

    /// Holds a signal back, unless it is ignored.
    ///
    /// - Returns: what it did before; nil where it is ignored.
    private static func hold(_ number: Int32) -> (number: Int32, before: sigaction)? {
        var before = sigaction()
        guard unsafe sigaction(number, nil, &before) == 0, !isIgnored(before) else { return nil }
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { _ in
            if Interruption.hasCome.exchange(true, ordering: .relaxed) { _exit(ExitStatus.interrupted.rawValue) }
        }
        // What waits for the system goes on waiting.
        action.sa_flags = SA_RESTART
        guard unsafe sigaction(number, &action, nil) == 0 else { return nil }
        return (number, before)
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
