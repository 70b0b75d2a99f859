/// How sure a finding is.
public enum Confidence: String, Hashable, Sendable, CaseIterable {
    /// It looks like one, and nothing says whose it is.
    case low
    /// Its shape or its key says so.
    case medium
    /// Its shape is unmistakable, or the setting is known, or it equals a value that was found with certainty.
    case high
}

extension Confidence: Comparable {
    /// Orders from low to high.
    public static func < (left: Confidence, right: Confidence) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}
