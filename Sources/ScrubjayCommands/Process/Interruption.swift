internal import Glibc
internal import Synchronization

/// Lets a writing run end cleanly when it is interrupted.
public enum Interruption {
    /// The signals of a closed terminal, of Control-C and of `kill`.
    private static let signals = [SIGHUP, SIGINT, SIGTERM]
    /// Whether such a signal has arrived.
    ///
    /// A signal handler can only access data that lives as long as the process.
    private static let hasCome = Atomic<Bool>(false)

    /// The message when Control-C ends the process at once.
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

    /// The current message, for the handler.
    private static let farewell = Atomic<Int>(Farewell.plain.rawValue)

    /// Changes the message for when Control-C ends the process.
    static func say(_ words: Farewell) { farewell.store(words.rawValue, ordering: .relaxed) }

    /// Makes Control-C print a message before it ends the process, unless the signal is ignored from the start.
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

    /// Runs `body`, and delays the effect of signals that would end the process.
    ///
    /// A signal only makes `isInterrupted` return true, and `body` is expected to return soon. A second signal ends the
    /// process at once; the next run cleans up after it. A signal that is ignored from the start, as under `nohup`,
    /// stays ignored.
    static func guarding<Result>(_ body: (_ isInterrupted: @escaping @Sendable () -> Bool) throws -> Result) rethrows
        -> Result
    {
        // Initialises it here rather than in the handler.
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

    /// Delays the effect of a signal, unless it is ignored.
    ///
    /// - Returns: the previous action; nil if the signal is ignored.
    private static func hold(_ number: Int32) -> (number: Int32, before: sigaction)? {
        var before = sigaction()
        guard unsafe sigaction(number, nil, &before) == 0, !isIgnored(before) else { return nil }
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { _ in
            if Interruption.hasCome.exchange(true, ordering: .relaxed) { _exit(ExitStatus.interrupted.rawValue) }
        }
        // Interrupted system calls continue.
        action.sa_flags = SA_RESTART
        guard unsafe sigaction(number, &action, nil) == 0 else { return nil }
        return (number, before)
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
