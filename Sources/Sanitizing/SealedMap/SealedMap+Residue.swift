internal import Detecting

extension SealedMap {
    /// What must not be left of the values of this map, in every spelling, and what stays all the same.
    ///
    /// The map does not say how sure a value was. All are taken for sure ones, so that what only its owner can tell from a
    /// common word is looked for as a whole word or not at all.
    ///
    /// - Parameter published: what `parameters.json` says is kept.
    /// - Returns: the values to look for, and what covers a place of theirs.
    public func residue(
        keeping published: [ParameterFile.Kept]
    ) -> (values: [ResidueCheck.Value], kept: [ResidueCheck.Kept]) {
        let digests = Set(published.compactMap(\.digest))
        let domains = published.compactMap(\.domain)
        func isKept(_ bytes: [UInt8], _ kind: Kind) -> Bool {
            if digests.contains(ValueDigest.digest(of: bytes, kind: kind)) { return true }
            guard kind.severity != .secret else { return false }
            // With a domain its owner keeps all names below it, and the addresses there.
            let text = String(decoding: bytes, as: UTF8.self).lowercased()
            return domains.contains { text == $0 || text.hasSuffix("." + $0) || text.hasSuffix("@" + $0) }
        }
        var values: [ResidueCheck.Value] = []
        for value in self.values where !isKept(value.origin?.value.bytes ?? [], value.kind) {
            for bytes in Set([value.value] + value.spellings.map(\.value)).map(\.bytes) where !isKept(bytes, value.kind)
            {
                var residue = ResidueCheck.Value(KnownValue(bytes, kind: value.kind, rule: "", confidence: .high))
                // What follows from a value counts where it stands by itself, as it does when it is looked for.
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
