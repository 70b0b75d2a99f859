public import Documents

/// A located claim that certain bytes are a value of some kind.
///
/// It never holds the value.
public struct Finding: Hashable, Sendable {
    /// The file's path relative to the scanned root, with `/` between its components.
    public var path: String
    /// The place of the value; nil if it is in the path.
    public var location: Location?
    /// The place of the identifying part, which a stand-in replaces: the registrable domain `wren.test` in
    /// `meet.wren.test`; nil if it is the whole value.
    public var identifyingPart: Location?
    /// The bytes of the path that hold the value, if the finding is in the path.
    public var pathSpan: Span?
    /// The 1-based line of the first byte; 0 for a finding in a path.
    public var line: Int
    /// The 1-based column of the first byte, counted in bytes.
    public var column: Int
    /// The rule's id.
    public var rule: String
    /// The kind of the value.
    public var kind: Kind
    /// The severity of the value's kind.
    public var severity: Severity
    /// The confidence of the finding.
    public var confidence: Confidence
    /// The keys that lead to the value, if its document has keys.
    public var keyPath: [String]
    /// The masked form of the value, which may be shown to people.
    public var mask: String
    /// The value's keyed, irreversible id; equal values have equal ids.
    public var fingerprint: String
    /// Whether the rule found the value elsewhere, and the finding is here only because the value is the same.
    public var isCarried = false

    /// The bytes that a stand-in replaces; nil if the value is in the path.
    public var replacedLocation: Location? { identifyingPart ?? location }
}
