/// A finding that the owner keeps.
public struct KeptFinding: Hashable, Sendable {
    /// The finding.
    public var finding: Finding
    /// The reason why it is kept.
    public var reason: Decisions.Reason
    /// The kept bytes, which cannot be printed: the value, the kept domain that it is under, or the whole that contains
    /// it.
    public var value: KnownValue
    /// The index of its value, or of its identifying part, in the scan's values.
    public var valueIndex: Int
    /// Whether the value is kept everywhere rather than only in this file.
    public var isKeptEverywhere: Bool

    /// The digest under which the value is published.
    public var digest: String { ValueDigest.digest(of: value.bytes, kind: value.kind) }
}
