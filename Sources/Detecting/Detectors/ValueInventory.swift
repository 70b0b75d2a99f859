/// The values that the first pass found, each once, with what is known about it.
struct ValueInventory: Sendable {
    /// The values, in the order of their first finding, and behind them their derived forms.
    let values: [KnownValue]

    private let indices: [Name: Int]

    /// What makes two findings be of one value.
    ///
    /// Of secrets it is the bytes alone, since one password may stand under names that speak of a token and of a key;
    /// of other values also the kind.
    private struct Name: Hashable {
        var bytes: [UInt8]
        var kind: Kind?

        init(_ bytes: [UInt8], kind: Kind) {
            self.kind = kind.severity == .secret ? nil : kind
            self.bytes = KnownValue.isCaseInsensitive(bytes, kind: kind) ? bytes.map(\.lowered) : bytes
        }
    }

    /// Collects the values of all documents' claims.
    init(_ detections: [DocumentDetector.Detection], rules: [Rule]) {
        var best: [(value: KnownValue, rank: (Confidence, Int))] = []
        var indices: [Name: Int] = [:]
        func add(_ value: KnownValue, rule: Int) {
            let name = Name(value.bytes, kind: value.kind)
            let rank = (value.confidence, rules.count - rule)
            if let index = indices[name] {
                if best[index].rank < rank { best[index] = (value, rank) }
            } else {
                indices[name] = best.count
                best.append((value, rank))
            }
        }
        let numbers = Dictionary(rules.indices.map { (rules[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
        for detection in detections {
            for candidate in detection.candidates {
                add(
                    KnownValue(
                        candidate.value,
                        kind: candidate.kind,
                        rule: rules[candidate.rule].id,
                        confidence: candidate.confidence
                    ),
                    rule: candidate.rule
                )
            }
            for value in detection.evidence { add(value, rule: numbers[value.rule] ?? rules.count) }
        }
        var values = best.map(\.value)
        // A form that was found itself is still a form of the other: its stand-in follows from the other's.
        for derived in values.flatMap(\.derivedValues) {
            let name = Name(derived.bytes, kind: derived.kind)
            if let index = indices[name] {
                if values[index].derivation == nil { values[index] = derived }
            } else {
                indices[name] = values.count
                values.append(derived)
            }
        }
        self.values = values
        self.indices = indices
    }

    /// The index of the value that a claim is about.
    func index(of candidate: Candidate) -> Int? { indices[Name(candidate.value, kind: candidate.kind)] }
}
