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
        var document: Document?
        if claims?.hidesText == true || mayHideMore {
            let read = Document(path: path, bytes: bytes)
            occurrences = propagation.occurrences(in: read)
            document = read
        }
        var items = (claims?.claims ?? []).map { item($0, worker: claims?.worker ?? 0, in: bytes) }
        guard !items.isEmpty || !occurrences.isEmpty else { return [] }
        let surroundings = Surroundings(text: bytes)
        for occurrence in occurrences {
            var item = OverlapResolver.item(occurrence, of: inventory)
            if let layer = occurrence.layer, let document {
                item.widen(from: occurrence.layerSpan, in: document.layers[layer])
            } else if let location = occurrence.location, location.steps[0].encodings.isEmpty {
                item.widen(from: location.fileSpan, in: surroundings)
            }
            items.append(item)
        }
        return OverlapResolver.resolve(items)
    }

    private func item(_ claim: FileClaims.Claim, worker: Int, in bytes: [UInt8]) -> LocatedValue {
        let value = numbers[worker][Int(claim.value)]
        let known = inventory.values[value]
        var item = LocatedValue(
            value: value,
            location: claim.isInPath ? nil : claim.detail?.location ?? Location(claim.span),
            whole: claim.detail?.whole,
            pathSpan: claim.isInPath ? claim.span : nil,
            rule: rules[Int(claim.rule)].id,
            confidence: known.kind == .domain ? max(claim.confidence, known.confidence) : claim.confidence,
            keyPath: claim.detail?.keyPath ?? [],
            isDirect: true,
            kind: known.kind
        )
        if claim.detail == nil, !claim.isInPath { item.widen(from: claim.span, in: Surroundings(text: bytes)) }
        return item
    }
}
