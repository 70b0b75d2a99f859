internal import Documents

/// A claim of a rule about bytes in a layer of a document, or in its path.
struct Candidate: Hashable, Sendable {
    /// The index of the layer; nil for the path.
    var layer: Int?
    /// The bytes in the layer's text or in the path.
    var span: Span
    /// The decoded value.
    var value: [UInt8]
    /// The kind of the value.
    var kind: Kind
    /// The index of the rule.
    var rule: Int
    /// The confidence of the claim.
    var confidence: Confidence
    /// The keys that lead to the value.
    var keyPath: [String]
}
