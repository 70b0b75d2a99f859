internal import Detecting
internal import Documents

/// Looks up the values of earlier runs.
struct EarlierValues {
    /// The identity of a value.
    struct Key: Hashable {
        var value: [UInt8]
        var derivation: Derivation?
        var original: [UInt8]?

        init(value: [UInt8], derivation: Derivation? = nil, original: [UInt8]? = nil) {
            self.value = value
            self.derivation = derivation
            self.original = original
        }

        init(_ value: SealedMap.Value) {
            self.init(
                value: value.value.bytes,
                derivation: value.origin?.derivation,
                original: value.origin?.value.bytes
            )
        }
    }

    /// The values, in the given order.
    let values: [SealedMap.Value]
    private let indices: [Key: Int]

    init(_ values: [SealedMap.Value]) {
        self.values = values
        indices = Dictionary(values.indices.map { (Key(values[$0]), $0) }) { first, _ in first }
    }

    /// Returns the known value; nil for a new one.
    func value(_ key: Key) -> SealedMap.Value? { indices[key].map { values[$0] } }
}

extension SealedMap.Value {
    /// Whether the value's existing stand-in is still suitable.
    ///
    /// A secret needs a placeholder, which must be filled in; and where only a number is possible, a number is needed.
    func fits(_ kind: Kind, mustBeNumber: Bool) -> Bool {
        if kind.severity == .secret && self.kind.severity != .secret { return false }
        let number = standIn.utf8.dropFirst(standIn.hasPrefix("-") ? 1 : 0)
        return !mustBeNumber || !number.isEmpty && number.allSatisfy(\.isDigit)
    }

    /// Returns the replacement of one spelling.
    func spelling(_ bytes: [UInt8]) -> SealedMap.Spelling? { spellings.first { $0.value.bytes == bytes } }
}
