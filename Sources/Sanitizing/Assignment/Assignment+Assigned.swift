internal import Detecting

extension Assignment {
    /// The stand-in of every value, in order of the parameters, for the sealed map.
    var assigned: [SanitizePlan.Assigned] {
        var spellings: [Int: [(bytes: [UInt8], parameter: Int)]] = [:]
        for (spelling, parameter) in parameterOfSpelling {
            spellings[spelling.value, default: []].append((spelling.bytes, parameter))
        }
        return spellings.map { value, spellings in
            let known = scan.values[value]
            return SanitizePlan.Assigned(
                value: OriginalBytes(known.derivation == nil ? Self.canonical(known) : known.bytes),
                kind: known.kind,
                origin: known.derivation.flatMap { derivation in
                    known.original.map { SealedMap.Origin(derivation: derivation, value: OriginalBytes($0)) }
                },
                standIn: standInOfValue[value] ?? "",
                spellings: spellings.sorted { $0.parameter < $1.parameter }.map {
                    (OriginalBytes($0.bytes), $0.parameter)
                },
                confidence: Self.rememberedConfidence(of: known),
                places: succession.places[value] ?? []
            )
        }.sorted { ($0.spellings.first?.parameter ?? 0) < ($1.spellings.first?.parameter ?? 0) }
    }

    /// Returns the confidence with which the next run searches for a value; nil if it does not.
    ///
    /// A word of the policy is searched for as long as the policy lists it, and a derived form follows from its
    /// original. A value that counts only at its places although it is certain, such as the name of a program, is never
    /// searched for.
    private static func rememberedConfidence(of value: KnownValue) -> Confidence? {
        guard value.derivation == nil, value.rule != Decisions.wordRule else { return nil }
        let usual = KnownValue(value.bytes, kind: value.kind, rule: value.rule, confidence: value.confidence)
        return value.matching == .placeOnly && usual.matching != .placeOnly ? nil : value.confidence
    }
}
