/// Takes the matches of a scan from vectorscan, and hands them out some at a time.
///
/// Whoever asks about a match does much more than vectorscan does between two of them: in turn, each would find the caches and
/// the branches of the processor full of the other.
@safe struct MatchReceiver {
    /// What ended where.
    struct Match {
        var id: UInt32
        var end: UInt32
    }

    /// How many matches wait at the most.
    static let mostMatches = 512
    /// How many wait at first: one of the first often says that the rest of a text need not be scanned.
    private static let fewMatches = 16

    private let matches: UnsafeMutableBufferPointer<Match>
    private var count = 0
    private var limit = fewMatches
    private let goesOn: (_ id: Int, _ end: Int) -> Bool

    /// Takes room for ``mostMatches`` matches, and what to ask about each.
    init(into matches: UnsafeMutableBufferPointer<Match>, goesOn: @escaping (_ id: Int, _ end: Int) -> Bool) {
        unsafe self.matches = matches
        self.goesOn = goesOn
    }

    /// Takes a match, and says whether the scan goes on.
    @inline(__always)
    mutating func take(_ id: UInt32, endingAt end: UInt64) -> Bool {
        // A text has less than 4 GiB, and the count is less than the limit, which is no more than the room.
        unsafe matches[count] = Match(id: id, end: UInt32(truncatingIfNeeded: end))
        count &+= 1
        return count < limit || handOut()
    }

    /// Hands out the matches that wait, until one says that the scan need not go on; says whether it goes on.
    mutating func handOut() -> Bool {
        let waiting = count
        count = 0
        limit = min(limit * 2, Self.mostMatches)
        for index in 0..<waiting {
            let match = unsafe matches[index]
            guard goesOn(Int(match.id), Int(match.end)) else { return false }
        }
        return true
    }
}
