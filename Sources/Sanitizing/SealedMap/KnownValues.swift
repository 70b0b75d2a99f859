internal import Detecting
internal import Documents

/// The values of earlier runs, to be looked up.
struct KnownValues {
    /// What tells one value from all others.
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

    /// The values, as they were given.
    let values: [SealedMap.Value]
    private let indices: [Key: Int]

    init(_ values: [SealedMap.Value]) {
        self.values = values
        indices = Dictionary(values.indices.map { (Key(values[$0]), $0) }) { first, _ in first }
    }

    /// The value that was known before; nil for a new one.
    func value(_ key: Key) -> SealedMap.Value? { indices[key].map { values[$0] } }
}

extension SealedMap.Value {
    /// Whether the stand-in that the value has can go on standing in for it.
    ///
    /// A secret needs one that says that it must be filled in, and where only a number can stand a number is needed.
    func fits(_ kind: Kind, mustBeNumber: Bool) -> Bool {
        if kind.severity == .secret && self.kind.severity != .secret { return false }
        let number = standIn.utf8.dropFirst(standIn.hasPrefix("-") ? 1 : 0)
        return !mustBeNumber || !number.isEmpty && number.allSatisfy(\.isDigit)
    }

    /// How one spelling was replaced.
    func spelling(_ bytes: [UInt8]) -> SealedMap.Spelling? { spellings.first { $0.value.bytes == bytes } }
}
