/// A session that stays open until the server ends it.
struct HeldSession: ~Copyable {
    private var session: XMPPSession

    init(_ session: consuming XMPPSession) { self.session = session }

    /// Whether the server ends the session within a duration.
    mutating func isEnded(within time: Duration) -> Bool { session.isEnded(within: time) }
}
