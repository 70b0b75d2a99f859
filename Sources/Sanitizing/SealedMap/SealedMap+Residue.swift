public import Detecting

extension SealedMap {
    /// The values that the next run searches for; derived ones follow from them.
    public var rememberedValues: [KnownValue] {
        // The label of a domain is only replaced if the domain was known to be the owner's.
        let own = Set(values.filter { $0.origin?.derivation == .registeredLabel }.compactMap(\.origin?.value))
        return values.compactMap { value in
            value.confidence.map { confidence in
                KnownValue(
                    value.value.bytes,
                    kind: value.kind,
                    rule: Decisions.mapRule,
                    confidence: own.contains(value.value) ? .high : confidence
                )
            }
        }
    }

    /// Returns the values of this map that must not be left, in every spelling, and those that stay nevertheless.
    ///
    /// All values are treated as certain, whatever their confidence. A value that only its owner can distinguish from a
    /// common word is searched for as a whole word or not at all.
    ///
    /// - Parameter published: what `parameters.json` declares as kept.
    /// - Returns: the values to search for, and those that may cover a place of one of them.
    public func residue(
        keeping published: [ParameterFile.Kept]
    ) -> (values: [ResidueCheck.Value], kept: [ResidueCheck.Kept]) {
        let digests = Set(published.compactMap(\.digest))
        let domains = published.compactMap(\.domain)
        func isKept(_ bytes: [UInt8], _ kind: Kind) -> Bool {
            if digests.contains(ValueDigest.digest(of: bytes, kind: kind)) { return true }
            guard kind.severity != .secret else { return false }
            // Keeping a domain keeps all names below it and the addresses there.
            let text = String(decoding: bytes, as: UTF8.self).lowercased()
            return domains.contains { text == $0 || text.hasSuffix("." + $0) || text.hasSuffix("@" + $0) }
        }
        var values: [ResidueCheck.Value] = []
        for value in self.values where !isKept(value.origin?.value.bytes ?? [], value.kind) {
            for bytes in Set([value.value] + value.spellings.map(\.value)).map(\.bytes) where !isKept(bytes, value.kind)
            {
                var residue = ResidueCheck.Value(KnownValue(bytes, kind: value.kind, rule: "", confidence: .high))
                // A derived value counts as a whole word only, as in the search.
                if value.origin != nil && residue.boundary != .never { residue.boundary = .word }
                values.append(residue)
            }
        }
        let kept = domains.map { name in
            ResidueCheck.Kept(
                ResidueCheck.Value(label: "", bytes: Array(name.utf8), ignoresCase: true, boundary: .domain)
            )
        }
        return (values, kept)
    }
}
