/// A finding that the owner lets stand.
public struct KeptFinding: Hashable, Sendable {
    /// The finding.
    public var finding: Finding
    /// Why it stays.
    public var reason: Decisions.Reason
    /// What stays, which cannot be printed: the value, the kept domain that it is under, or the whole that it is a part of.
    public var value: KnownValue
    /// The index of its value, or of its identifying part, among those that the scan found.
    public var valueIndex: Int
    /// Whether the value stays wherever it stands, and not in this file alone.
    public var isKeptEverywhere: Bool

    /// The digest that the value is published under.
    public var digest: String { ValueDigest.digest(of: value.bytes, kind: value.kind) }
}
