/// The places at which steps of a pattern were tried within one match.
///
/// What follows a step depends on its place alone: at the second time it fails as it did at the first. So a match takes at most
/// as many steps as the program has for each byte (memoized backtracking; Norvig, 1991).
struct DeadEnds {
    /// The number of bytes behind the start of the match that are remembered.
    private static let reach = 4096

    private let steps: Int
    private var words: [UInt64] = []

    /// Remembers nothing yet, of a program of so many steps.
    init(steps: Int) { self.steps = steps }

    /// Whether a step was tried so many bytes behind the start of the match before; remembers it.
    mutating func comesBack(to step: Int, behind distance: Int) -> Bool {
        guard distance < Self.reach else { return false }
        if words.isEmpty { words = [UInt64](repeating: 0, count: steps * Self.reach / 64) }
        let bit = UInt64(1) << UInt64(distance % 64)
        let word = step * (Self.reach / 64) + distance / 64
        defer { words[word] |= bit }
        return words[word] & bit != 0
    }
}
