internal import Documents

/// Looks for the values of all files in each file, and decides what is found there.
struct SecondPass: Sendable {
    let propagation: Propagation
    let inventory: ValueInventory
    let rules: [Rule]
    /// For each worker of the first pass and each of its values, the index of the value in the inventory.
    let numbers: [[Int]]

    /// Whether the file has to be read again.
    func concerns(_ claims: FileClaims?) -> Bool { propagation.searches || claims.map { !$0.claims.isEmpty } ?? false }

    /// The values at their places in one file, in order, those in the path first.
    func located(path: String, bytes: [UInt8], claims: FileClaims?) -> [LocatedValue] {
        var (occurrences, mayHideMore) = propagation.occurrences(inTextOf: path, bytes)
        if claims?.hidesText == true || mayHideMore {
            occurrences = propagation.occurrences(in: Document(path: path, bytes: bytes))
        }
        var items = (claims?.claims ?? []).map { claim in item(claim, worker: claims?.worker ?? 0) }
        guard !items.isEmpty || !occurrences.isEmpty else { return [] }
        items += occurrences.map { OverlapResolver.item($0, of: inventory) }
        return OverlapResolver.resolve(items)
    }

    private func item(_ claim: FileClaims.Claim, worker: Int) -> LocatedValue {
        let value = numbers[worker][Int(claim.value)]
        return LocatedValue(
            value: value,
            location: claim.isInPath ? nil : claim.detail?.location ?? Location(claim.span),
            pathSpan: claim.isInPath ? claim.span : nil,
            rule: rules[Int(claim.rule)].id,
            confidence: claim.confidence,
            keyPath: claim.detail?.keyPath ?? [],
            isDirect: true,
            kind: inventory.values[value].kind
        )
    }
}
