public import Documents

/// One located claim, that these bytes are of a kind.
///
/// It never holds the value.
public struct Finding: Hashable, Sendable {
    /// The file's path relative to the scanned root, with `/` between its components.
    public var path: String
    /// Where the value stands; nil where it stands in the path itself.
    public var location: Location?
    /// Where the part of the value stands that identifies, and that a stand-in replaces: of `meet.wren.test` the
    /// registrable domain `wren.test`; nil where it is all of the value.
    public var identifyingPart: Location?
    /// The bytes of the path that hold the value, where the finding is in the path itself.
    public var pathSpan: Span?
    /// The 1-based line of the first byte; 0 for a finding in a path.
    public var line: Int
    /// The 1-based column of the first byte, counted in bytes.
    public var column: Int
    /// The rule's id.
    public var rule: String
    /// What the value is.
    public var kind: Kind
    /// How bad it is in public.
    public var severity: Severity
    /// How sure the finding is.
    public var confidence: Confidence
    /// The keys that lead to the value, where its document has keys.
    public var keyPath: [String]
    /// What a human may see of the value.
    public var mask: String
    /// The value's keyed, irreversible id; the same for the same value.
    public var fingerprint: String

    /// Where the bytes stand that a stand-in replaces; nil where the value stands in the path.
    public var replacedLocation: Location? { identifyingPart ?? location }
}
