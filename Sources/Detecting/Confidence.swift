/// How sure a finding is.
public enum Confidence: String, Hashable, Sendable, CaseIterable {
    /// It looks like one, and nothing says whose it is.
    case low
    /// Its shape or its key says so.
    case medium
    /// Its shape is unmistakable, or the setting is known, or it equals a value that was found with certainty.
    case high
}
