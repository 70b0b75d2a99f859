/// How time passes for whoever waits for other programs: the system's steady clock in the program, any other in a test.
public struct Pace: Sendable {
    /// The time since some fixed moment; it never goes back.
    public var now: @Sendable () -> Duration
    /// Lets so much time pass.
    public var wait: @Sendable (Duration) -> Void

    /// Makes a pace.
    public init(now: @escaping @Sendable () -> Duration, wait: @escaping @Sendable (Duration) -> Void) {
        self.now = now
        self.wait = wait
    }
}
