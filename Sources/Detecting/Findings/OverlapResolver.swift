internal import Documents

/// Decides which of several overlapping values are kept, by the rule of ``Scanner``.
enum OverlapResolver {
    /// Returns the values of a document at their places, including overlapping ones.
    static func items(
        candidates: [Candidate],
        occurrences: [Occurrence],
        document: Document,
        inventory: ValueInventory,
        rules: [Rule]
    ) -> [LocatedValue] {
        var items: [LocatedValue] = []
        for candidate in candidates {
            guard let value = inventory.index(of: candidate) else { continue }
            let location = candidate.layer.map { document.layers[$0].location(of: candidate.span) }
            var item = inventory.located(
                value,
                at: location.map { .file($0) } ?? .path(candidate.span),
                by: rules[candidate.rule],
                candidate.confidence,
                keyPath: candidate.keyPath
            )
            if let layer = candidate.layer { item.widen(from: candidate.span, in: document.layers[layer]) }
            items.append(item)
        }
        for occurrence in occurrences {
            var item = item(occurrence, of: inventory)
            if let layer = occurrence.layer { item.widen(from: occurrence.layerSpan, in: document.layers[layer]) }
            items.append(item)
        }
        return items
    }

    /// Returns the kept values of `items` in order, those in the path first.
    static func resolve(_ items: [LocatedValue]) -> [LocatedValue] {
        staying(items.filter { $0.location == nil }) + staying(items.filter { $0.location != nil })
    }

    /// Returns an occurrence, as a located value, of a value that was found elsewhere.
    static func item(_ occurrence: Occurrence, of inventory: ValueInventory) -> LocatedValue {
        let known = inventory.values[occurrence.value]
        return LocatedValue(
            value: occurrence.value,
            location: occurrence.location,
            pathSpan: occurrence.pathSpan,
            rule: known.rule,
            confidence: known.confidence,
            keyPath: [],
            isDirect: false,
            kind: known.kind,
            isInName: known.derivation?.isPartOfNames ?? (known.kind == .projectID)
        )
    }

    private static func staying(_ items: [LocatedValue]) -> [LocatedValue] {
        let order = PlaceOrder(items)
        let ordered = items.sorted { PlaceOrder.compare($0, $1) ?? $0.isBetter(than: $1) }
        var kept: [LocatedValue] = []
        var isKept: [Bool] = []
        // The indices of kept items that extend beyond the start of the next.
        var open: [Int] = []
        for item in ordered {
            if !open.isEmpty { open.removeAll { order.isPast(kept[$0], item) } }
            var stays = true
            for index in open where isKept[index] {
                let other = kept[index]
                switch item.relation(to: other) {
                case .apart: continue
                case .inside where item.isLogin(before: other):
                    isKept[index] = false
                case .inside, .around:
                    guard item.kind == other.kind else { continue }
                    if item.relation(to: other) == .inside { stays = false } else { isKept[index] = false }
                case .same where item.kind == other.kind && item.value == other.value:
                    // The rule that found the value here is more specific than the one that found it elsewhere.
                    if item.isDirect, !other.isDirect { isKept[index] = false } else { stays = false }
                case .same, .crossing:
                    if item.isBetter(than: other) { isKept[index] = false } else { stays = false }
                }
                if !stays { break }
            }
            guard stays else { continue }
            open.append(kept.count)
            kept.append(item)
            isKept.append(true)
        }
        return zip(kept, isKept).filter(\.1).map(\.0)
    }
}

extension LocatedValue {
    /// Whether this is a secret at the start of an apparent email address; `user:password@host` is a login.
    fileprivate func isLogin(before other: LocatedValue) -> Bool {
        isDirect && kind.severity == .secret && other.kind == .email && span.start == other.span.start
    }

    /// Sets the name or address whose identifying part is the value at `span` of `layer`.
    mutating func widen(from span: Span, in layer: Layer) {
        widen(from: span, in: Surroundings(text: layer.text)) { layer.location(of: $0) }
    }

    /// Sets the name or address whose identifying part is the value at `span` of a file.
    mutating func widen(from span: Span, in file: Surroundings) { widen(from: span, in: file) { Location($0) } }

    private mutating func widen(from span: Span, in surroundings: Surroundings, location: (Span) -> Location) {
        guard let whole = surroundings.extent(of: span, kind: kind, inName: isInName) else { return }
        self.whole = Whole(
            location: location(whole.span),
            bytes: Array(surroundings.text[whole.span.range]),
            kind: whole.kind
        )
    }
}
