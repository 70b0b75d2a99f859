internal import Documents

/// Searches each file for the values of all files, and determines its findings.
struct SecondPass: Sendable {
    let propagation: Propagation
    let inventory: ValueInventory
    let rules: [Rule]
    /// The index in the inventory of each value of each first-pass worker.
    let numbers: [[Int]]
    /// Separates the values that the owner keeps.
    let filter: KeepFilter

    /// Whether the second pass must read the file again.
    func concerns(_ claims: FileClaims?) -> Bool { propagation.searches || claims.map { !$0.claims.isEmpty } ?? false }

    /// Returns the located values of one file, in order, those in the path first.
    func located(path: String, bytes: [UInt8], claims: FileClaims?) -> KeepFilter.Split {
        let items = (claims?.claims ?? []).map { item($0, worker: claims?.worker ?? 0, in: bytes) }
        return located(path: path, bytes: bytes, items, hidesText: claims?.hidesText == true)
    }

    /// Returns the located values of a part of a file that is too large to be read as a whole.
    func located(partOf path: String, bytes: [UInt8], _ detection: DocumentDetector.Detection) -> KeepFilter.Split {
        let items = detection.candidates.compactMap { candidate -> LocatedValue? in
            guard let value = inventory.index(of: candidate), candidate.layer != nil else { return nil }
            var item = inventory.located(
                value,
                at: .file(Location(candidate.span)),
                by: rules[candidate.rule],
                candidate.confidence,
                keyPath: candidate.keyPath
            )
            item.widen(from: candidate.span, in: Surroundings(text: bytes))
            return item
        }
        return located(path: path, bytes: bytes, items, hidesText: false)
    }

    private func located(path: String, bytes: [UInt8], _ items: [LocatedValue], hidesText: Bool) -> KeepFilter.Split {
        var (occurrences, mayHideMore) = propagation.occurrences(inTextOf: path, bytes)
        var document: Document?
        if hidesText || mayHideMore {
            let read = Document(path: path, bytes: bytes)
            occurrences = propagation.occurrences(in: read)
            document = read
        }
        var items = items
        guard !items.isEmpty || !occurrences.isEmpty else { return KeepFilter.Split() }
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
        var split = filter.split(items, path: path)
        split.found = OverlapResolver.resolve(split.found)
        return split
    }

    /// Whether the file's bytes still match all claims of the first pass.
    func holds(_ claims: FileClaims, in bytes: [UInt8]) -> Bool {
        guard claims.byteCount == bytes.count else { return false }
        return claims.claims.allSatisfy { isHeld($0, worker: claims.worker, in: bytes) }
    }

    private func isHeld(_ claim: FileClaims.Claim, worker: Int, in bytes: [UInt8]) -> Bool {
        guard !claim.isInPath, claim.detail == nil else { return true }
        let known = inventory.values[numbers[worker][Int(claim.value)]]
        let found = bytes[claim.span.range]
        if found.elementsEqual(known.bytes) { return true }
        return known.caseInsensitive && found.elementsEqual(known.bytes) { $0.lowered == $1.lowered }
    }

    private func item(_ claim: FileClaims.Claim, worker: Int, in bytes: [UInt8]) -> LocatedValue {
        let value = numbers[worker][Int(claim.value)]
        var item = inventory.located(
            value,
            at: claim.isInPath ? .path(claim.span) : .file(claim.detail?.location ?? Location(claim.span)),
            by: rules[Int(claim.rule)],
            claim.confidence,
            keyPath: claim.detail?.keyPath ?? []
        )
        item.whole = claim.detail?.whole
        if claim.detail == nil, !claim.isInPath { item.widen(from: claim.span, in: Surroundings(text: bytes)) }
        return item
    }
}
