internal import Collecting
internal import Glibc

extension Pace {
    /// The steady clock of this machine.
    static var system: Pace {
        let start = ContinuousClock.now
        return Pace(
            now: { start.duration(to: .now) },
            wait: { time in
                let (seconds, rest) = time.components
                var span = timespec(tv_sec: Int(seconds), tv_nsec: Int(rest / 1_000_000_000))
                _ = unsafe nanosleep(&span, nil)
            }
        )
    }
}
