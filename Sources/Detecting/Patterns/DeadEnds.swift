/// Remembers the places at which steps of a pattern were tried within one match.
///
/// What follows a step depends only on its place, so a second attempt there fails as the first did. Therefore a match
/// takes at most as many steps per byte as the program has steps (memoized backtracking; Norvig, 1991).
struct DeadEnds {
    /// The number of bytes after the start of the match for which attempts are remembered.
    private static let reach = 4096

    private let steps: Int
    private var words: [UInt64] = []

    /// Makes an empty memory for a program with the given number of steps.
    init(steps: Int) { self.steps = steps }

    /// Whether a step was already tried at this distance in bytes after the start of the match; remembers the attempt.
    mutating func comesBack(to step: Int, behind distance: Int) -> Bool {
        guard distance < Self.reach else { return false }
        if words.isEmpty { words = [UInt64](repeating: 0, count: steps * Self.reach / 64) }
        let bit = UInt64(1) << UInt64(distance % 64)
        let word = step * (Self.reach / 64) + distance / 64
        defer { words[word] |= bit }
        return words[word] & bit != 0
    }
}
