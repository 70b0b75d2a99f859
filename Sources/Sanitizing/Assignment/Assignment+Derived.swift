internal import Detecting

extension Assignment {
    /// Assigns a derived form, whose stand-in is derived from its original's stand-in.
    ///
    /// Its value is computed when the bundle is hydrated.
    mutating func assignDerived(
        _ value: Int,
        derivation: Derivation,
        original: [UInt8],
        uses: [Replacement]
    ) throws(SanitizingError) {
        let known = scan.values[value]
        guard let found = originals[Original(bytes: original, kind: known.kind)] else {
            throw SanitizingError(.irreplaceable, "a derived form has no original")
        }
        let origin = representatives.representative(of: found)
        if standInOfValue[origin] == nil { try assign(origin, uses: []) }
        let earlier = earlierForm(of: value, derivation: derivation, original: original, origin: origin)
        let earlierName = earlier?.spelling(known.bytes)?.parameter
        standInOfValue[value] = try addDerived(
            derivation,
            of: origin,
            earlierName: earlierName,
            to: value,
            as: known.bytes
        )
        for bytes in Self.ordered(Set(uses.map(\.bytes))) where bytes != known.bytes {
            let name = earlier?.spelling(bytes)?.parameter
            if Derivation.capitalComponents.apply(to: original) == bytes {
                try addDerived(.capitalComponents, of: origin, earlierName: name, to: value, as: bytes)
            } else if Derivation.uppercased.apply(to: known.bytes) == bytes {
                try addDerived(.uppercased, earlierName: name, to: value, as: bytes)
            }
        }
    }

    /// Returns the entry of a derived form from an earlier run: its own, or the form of the value that its original
    /// replaces.
    private func earlierForm(
        of value: Int,
        derivation: Derivation,
        original: [UInt8],
        origin: Int
    ) -> SealedMap.Value? {
        let bytes = scan.values[value].bytes
        if succession.formerNames[origin] != nil { return nil }
        guard let predecessor = succession.predecessors[origin]?.value else {
            return known.value(EarlierValues.Key(value: bytes, derivation: derivation, original: original))
        }
        let form = derivation.apply(to: predecessor.bytes) ?? []
        let key = EarlierValues.Key(value: form, derivation: derivation, original: predecessor.bytes)
        guard var earlier = known.value(key), var spelling = earlier.spellings.first else { return nil }
        spelling.value = OriginalBytes(bytes)
        earlier.spellings = [spelling]
        return earlier
    }

    /// Adds the parameter of a derived form, in which `value` is spelled `bytes`.
    ///
    /// - Returns: its stand-in.
    @discardableResult
    mutating func addDerived(
        _ derivation: Derivation,
        of origin: Int? = nil,
        earlierName: String?,
        to value: Int,
        as bytes: [UInt8]
    ) throws(SanitizingError) -> String {
        let kind = scan.values[value].kind
        let origin = origin ?? value
        guard let originParameter = parameterOfValue[origin],
            let standIn = derivation.apply(to: Array((standInOfValue[origin] ?? "").utf8))
        else { throw SanitizingError(.irreplaceable, "a derived form has no stand-in") }
        let original = parameters[originParameter].name
        let name =
            earlierName.flatMap { names.allows($0, for: kind) ? $0 : nil }
            ?? names.name(keys: [original + "_" + derivation.rawValue], kind: kind, isPrivate: false)
        let text = String(decoding: standIn, as: UTF8.self)
        add(
            Parameter(
                name: name,
                kind: kind,
                severity: kind.severity,
                summary: "follows from \(original)",
                standIn: text,
                isRequired: false,
                origin: Parameter.Origin(parameter: original, derivation: derivation)
            ),
            for: Spelling(value: value, bytes: bytes)
        )
        return text
    }
}
