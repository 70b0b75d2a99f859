internal import Dispatch
internal import Glibc
internal import Synchronization

/// Lets a writing run end cleanly when it is interrupted.
enum Interruption {
    /// Runs `body` with SIGINT and SIGTERM deferred.
    ///
    /// They set what `isInterrupted` returns, and the body ends when it sees that. A second signal ends the process at
    /// once; the next run removes what it leaves.
    static func guarding<Result>(_ body: (_ isInterrupted: () -> Bool) throws -> Result) rethrows -> Result {
        let flag = Flag()
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if flag.isSet.exchange(true, ordering: .relaxed) { _exit(ExitStatus.interrupted.rawValue) }
            }
            source.resume()
            return source
        }
        defer {
            for source in sources { source.cancel() }
            for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        }
        return try body { flag.isSet.load(ordering: .relaxed) }
    }

    private final class Flag: Sendable {
        let isSet = Atomic<Bool>(false)
    }
}
