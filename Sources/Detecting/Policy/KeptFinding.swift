/// A finding that the owner keeps.
public struct KeptFinding: Hashable, Sendable {
    /// The finding.
    public var finding: Finding
    /// The reason why it stays.
    public var reason: Decisions.Reason
    /// What stays, without being printable: the value, the kept domain that it is under, or the whole that it is part
    /// of.
    public var value: KnownValue
    /// The index of its value, or of its identifying part, in the scan's values.
    public var valueIndex: Int
    /// Whether the value stays everywhere rather than in this file only.
    public var isKeptEverywhere: Bool

    /// The digest that the value is published under.
    public var digest: String { ValueDigest.digest(of: value.bytes, kind: value.kind) }
}
