/// The clock for waiting and time limits: the system's monotonic clock in the program, any other one in a test.
public struct Pace: Sendable {
    /// Returns the time since a fixed moment, monotonically.
    public var now: @Sendable () -> Duration
    /// Waits for a duration.
    public var wait: @Sendable (Duration) -> Void

    /// Makes a pace.
    public init(now: @escaping @Sendable () -> Duration, wait: @escaping @Sendable (Duration) -> Void) {
        self.now = now
        self.wait = wait
    }
}
