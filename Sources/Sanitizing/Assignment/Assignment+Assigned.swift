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
                }
            )
        }.sorted { ($0.spellings.first?.parameter ?? 0) < ($1.spellings.first?.parameter ?? 0) }
    }
}
