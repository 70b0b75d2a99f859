internal import Documents

/// A claim of a rule about bytes of one layer of a document, or of its path.
struct Candidate: Hashable, Sendable {
    /// The index of the layer; nil for the path.
    var layer: Int?
    /// The bytes of the layer's text, or of the path.
    var span: Span
    /// The value, decoded.
    var value: [UInt8]
    /// What it is.
    var kind: Kind
    /// The index of the rule.
    var rule: Int
    /// How sure it is.
    var confidence: Confidence
    /// The keys that lead to it.
    var keyPath: [String]
}
