internal import Synchronization

/// The bytes that may follow the anchors of rules, determined once for all threads.
final class AnchorTails: Sendable {
    private let tails = Mutex<[Int: MatchTail]>([:])

    /// Returns the bytes that may follow an anchor of `rule`, in either case; nil if the rule has no pattern.
    func tail(_ trigger: Int, of rule: Rule, behind anchor: ArraySlice<UInt8>) -> MatchTail? {
        guard let pattern = rule.pattern else { return nil }
        return tails.withLock { tails in
            if let known = tails[trigger] { return known }
            let tail = pattern.tail(behind: anchor)
            tails[trigger] = tail
            return tail
        }
    }
}
