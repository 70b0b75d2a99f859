/// Caches the bytes that may follow the anchors of rules.
///
/// It is not thread-safe.
final class AnchorMemory {
    private let index: RuleIndex
    /// The 1-based index into `tails` for each trigger of ``RuleIndex``; 0 if it is not yet known.
    ///
    /// It is read at each anchor, and accesses never overlap.
    @exclusivity(unchecked) private var places: [UInt16]
    private var tails: [MatchTail] = []
    /// For each of the tails, the set to which the next byte must belong, which is usually decisive.
    @exclusivity(unchecked) private var firstBytes: [ByteSet] = []

    init(_ index: RuleIndex) {
        self.index = index
        unsafe places = Array(repeating: 0, count: index.triggers.count)
    }

    /// Whether the pattern of a rule may match at its anchor; the anchor fires `trigger` and is at `anchor` of `text`.
    func mayMatch(_ trigger: Int, of rule: Int, at anchor: Range<Int>, in text: [UInt8]) -> Bool {
        let end = anchor.upperBound
        let place = unsafe Int(places[trigger]) - 1
        if place >= 0 {
            guard unsafe end == text.count || firstBytes[place].contains(text[end]) else { return false }
            return tails[place].mayFollow(at: end, in: text)
        }
        guard let tail = index.tails.tail(trigger, of: index.rules[rule], behind: text[anchor]) else { return true }
        if tails.count < Int(UInt16.max) {
            tails.append(tail)
            unsafe firstBytes.append(tail.firstBytes)
            unsafe places[trigger] = UInt16(tails.count)
        }
        return tail.mayFollow(at: end, in: text)
    }
}
