/// How certain a finding is.
public enum Confidence: String, Hashable, Sendable, CaseIterable {
    /// The value has the right form, but nothing shows who owns it.
    case low
    /// The value's shape or key suggests its kind.
    case medium
    /// The value's shape is unmistakable, its setting is known, or it equals a value that was found with certainty.
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
