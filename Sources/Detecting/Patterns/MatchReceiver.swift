/// Receives the matches of a scan from vectorscan, and delivers them in batches.
///
/// Handling a match takes far more work than vectorscan does between two matches. If the two alternated, each would
/// evict the other's data from the processor's caches and branch predictors.
@safe struct MatchReceiver {
    /// A match and its end.
    struct Match {
        var id: UInt32
        var end: UInt32
    }

    /// The maximum number of waiting matches.
    static let mostMatches = 512
    /// The number of matches in the first batch, because an early match often shows that the rest need not be scanned.
    private static let fewMatches = 16

    private let matches: UnsafeMutableBufferPointer<Match>
    private var count = 0
    private var limit = fewMatches
    private let goesOn: (_ id: Int, _ end: Int) -> Bool

    /// Makes a receiver with memory for ``mostMatches`` matches, and the handler of matches.
    init(into matches: UnsafeMutableBufferPointer<Match>, goesOn: @escaping (_ id: Int, _ end: Int) -> Bool) {
        unsafe self.matches = matches
        self.goesOn = goesOn
    }

    /// Adds a match, and returns whether the scan continues.
    @inline(__always)
    mutating func take(_ id: UInt32, endingAt end: UInt64) -> Bool {
        // A text is smaller than 4 GiB, and the count is below the limit, which is at most the capacity.
        unsafe matches[count] = Match(id: id, end: UInt32(truncatingIfNeeded: end))
        count &+= 1
        return count < limit || handOut()
    }

    /// Delivers the waiting matches until one ends the scan; returns whether the scan continues.
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
