internal import Synchronization

/// Remembers what may follow the anchors of rules; it is for one thread.
final class AnchorMemory {
    private let index: RuleIndex
    /// By the triggers of ``RuleIndex``; nil where it was not asked yet.
    private var tails: [MatchTail?]

    init(_ index: RuleIndex) {
        self.index = index
        tails = Array(repeating: nil, count: index.triggers.count)
    }

    /// Whether the pattern of a rule may match where its anchor, which triggers `trigger`, is at `anchor` of `text`.
    func mayMatch(_ trigger: Int, of rule: Int, at anchor: Range<Int>, in text: [UInt8]) -> Bool {
        if let tail = tails[trigger] { return tail.mayFollow(at: anchor.upperBound, in: text) }
        guard let tail = index.tails.tail(trigger, of: index.rules[rule], behind: text[anchor]) else { return true }
        tails[trigger] = tail
        return tail.mayFollow(at: anchor.upperBound, in: text)
    }
}

/// What may follow the anchors of rules, found out once for all threads.
final class AnchorTails: Sendable {
    private let tails = Mutex<[Int: MatchTail]>([:])

    /// What may follow the anchor of `rule` that has these bytes, in either case; nil where the rule has no pattern.
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
