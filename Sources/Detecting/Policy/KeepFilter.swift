internal import Documents
internal import Sodium

/// Removes kept values from the findings before overlaps are resolved, so that a kept value does not displace others.
///
/// A value inside a kept one is kept with it if it is not more severe, unless it is one of the owner's sensitive words.
final class KeepFilter: Sendable {
    /// The values of a file.
    struct Split {
        /// The values that are reported.
        var found: [LocatedValue] = []
        /// The kept values, with reasons.
        var kept: [Kept] = []

        /// Whether both lists are empty.
        var isEmpty: Bool { found.isEmpty && kept.isEmpty }
    }

    /// A kept value.
    struct Kept {
        /// The value as found.
        var item: LocatedValue
        /// The reason.
        var reason: Decisions.Reason
        /// The extent that is kept: for a name under a kept domain the domain, otherwise the value, or the whole that
        /// contains it.
        var extent: LocatedValue
        /// The value that is kept.
        var value: KnownValue
    }

    private let decisions: Decisions
    private let inventory: ValueInventory
    private let key: SecretBytes
    /// The reasons why values are kept everywhere, by index.
    private let reasons: [Int: Decisions.Reason]

    /// Prepares to decide about the values of `inventory`.
    init(_ decisions: Decisions, inventory: ValueInventory, fingerprintKey: [UInt8]) {
        self.decisions = decisions
        self.inventory = inventory
        let key = Fingerprint.key(from: fingerprintKey)
        var reasons: [Int: Decisions.Reason] = [:]
        if decisions.keepsAnything {
            for (index, value) in inventory.values.enumerated() {
                let original = value.original ?? value.bytes
                var reason = Self.reason(for: original, kind: value.kind, decisions, key)
                if reason == nil, value.derivation != nil {
                    reason = Self.reason(for: value.bytes, kind: value.kind, decisions, key)
                }
                if reason == nil, Self.isName(value.kind) { reason = decisions.reason(domain: original) }
                reasons[index] = reason
            }
        }
        self.key = key
        self.reasons = reasons
    }

    /// The indices of the values that are kept everywhere.
    var keptValues: Set<Int> { Set(reasons.keys) }

    /// Whether nothing is kept.
    private var isEmpty: Bool { !decisions.keepsAnything }

    /// Separates the kept values of the file at `path` from the reported ones, which may still overlap.
    func split(_ items: [LocatedValue], path: String) -> Split {
        // The policy contains its own words, which are not findings.
        let items = path == PolicyFile.name ? items.filter { $0.rule != Decisions.wordRule } : items
        guard !isEmpty else { return Split(found: items) }
        var found: [LocatedValue] = []
        var kept: [Kept] = []
        for item in items {
            guard let keeping = self.kept(item, path: path) else {
                found.append(item)
                continue
            }
            if !isHost(item, under: keeping.reason) { kept.append(keeping) }
        }
        guard !kept.isEmpty else { return Split(found: found) }
        let extents = kept.map(\.extent)
        found = Self.sorting(out: found, with: extents, where: Self.covers)
        let staying = Set(Self.sorting(out: OverlapResolver.resolve(extents), with: found, where: Self.takes))
        kept = kept.filter { staying.contains($0.extent) }
        return Split(found: found, kept: kept)
    }

    /// Returns the kept findings of a file, in order of their places.
    func findings(_ split: Split, _ maker: FindingMaker, path: String, lines: LineIndex) -> [KeptFinding] {
        guard !split.kept.isEmpty else { return [] }
        let kept = Dictionary(split.kept.map { ($0.item, $0) }) { first, _ in first }
        let items = FindingMaker.inOrder(Array(kept.keys))
        return zip(items, maker.findings(items, path: path, lines: lines)).compactMap { item, finding in
            kept[item].map { kept in
                KeptFinding(
                    finding: finding,
                    reason: kept.reason,
                    value: kept.value,
                    valueIndex: item.value,
                    isKeptEverywhere: !decisions.isBoundToPaths(kept.reason)
                )
            }
        }
    }

    // MARK: - Deciding

    /// Whether an item is a host under a domain that the policy keeps, which is an item of its own at the same place.
    private func isHost(_ item: LocatedValue, under reason: Decisions.Reason) -> Bool {
        guard case .domain(let domain) = reason, item.kind == .domain else { return false }
        let bytes = inventory.values[item.value].bytes
        return domain.utf8.count < bytes.count && HostLabels.isHostUnderDomain(bytes)
    }

    /// Returns the kept part of an item; nil if nothing is kept.
    private func kept(_ item: LocatedValue, path: String) -> Kept? {
        let known = inventory.values[item.value]
        var extent = item
        extent.whole = nil
        if let reason = reasons[item.value] { return Kept(item: item, reason: reason, extent: extent, value: known) }
        let kind = item.whole?.kind ?? item.kind
        if Self.isName(kind), let reason = decisions.reason(domain: name(of: item, path: path)),
            case .domain(let domain) = reason
        {
            let value = extent.narrow(to: domain, of: item.whole)
            let name = KnownValue(value ?? Array(domain.utf8), kind: .domain, rule: item.rule, confidence: .high)
            return Kept(item: item, reason: reason, extent: extent, value: name)
        }
        if let whole = item.whole, let reason = Self.reason(for: whole.bytes, kind: whole.kind, decisions, key) {
            extent.location = whole.location
            let value = KnownValue(whole.bytes, kind: whole.kind, rule: item.rule, confidence: .high)
            return Kept(item: item, reason: reason, extent: extent, value: value)
        }
        guard let reason = decisions.reason(kind: kind, path: path) else { return nil }
        return Kept(item: item, reason: reason, extent: extent, value: known)
    }

    /// The host name that contains an item.
    private func name(of item: LocatedValue, path: String) -> [UInt8] {
        if let whole = item.whole { return whole.bytes }
        let text = Array(path.utf8)
        if let span = item.pathSpan, let whole = Surroundings(text: text).extent(of: span, kind: item.kind) {
            return Array(text[whole.span.range])
        }
        return inventory.values[item.value].bytes
    }

    /// Returns the reason, by fingerprint or digest, why a value is kept.
    private static func reason(
        for bytes: [UInt8],
        kind: Kind,
        _ decisions: Decisions,
        _ key: borrowing SecretBytes
    ) -> Decisions.Reason? {
        decisions.reason(
            fingerprint: decisions.asksForFingerprints
                ? Fingerprint(of: bytes, kind: kind, key: key).description : nil,
            digest: decisions.asksForDigests ? ValueDigest.digest(of: bytes, kind: kind) : nil,
            kind: kind
        )
    }

    private static func isName(_ kind: Kind) -> Bool { kind == .domain || kind == .hostName }

    /// Returns those of `items` that no item of `others` affects in the given way.
    private static func sorting(
        out items: [LocatedValue],
        with others: [LocatedValue],
        where touches: (_ other: LocatedValue, _ item: LocatedValue) -> Bool
    ) -> [LocatedValue] {
        let order = PlaceOrder(items + others)
        let ordered = others.sorted { PlaceOrder.compare($0, $1) ?? false }
        var next = 0
        var open: [LocatedValue] = []
        var touched: Set<Int> = []
        for (number, item) in items.enumerated().sorted(by: { PlaceOrder.compare($0.element, $1.element) ?? false }) {
            while next < ordered.count, !order.isBeyond(ordered[next], item) {
                open.append(ordered[next])
                next += 1
            }
            open.removeAll { order.isPast($0, item) }
            if open.contains(where: { touches($0, item) }) { touched.insert(number) }
        }
        return items.enumerated().filter { !touched.contains($0.offset) }.map(\.element)
    }

    private static func covers(_ kept: LocatedValue, _ item: LocatedValue) -> Bool {
        item.kind.severity <= kept.kind.severity && item.rule != Decisions.wordRule
            && item.relation(to: kept) == .inside
    }

    /// Whether replacing `other` changes bytes of a kept value.
    private static func takes(_ other: LocatedValue, _ kept: LocatedValue) -> Bool {
        kept.relation(to: other) != .apart
    }
}

extension LocatedValue {
    /// Narrows the item's extent to the part of the name around it that equals `domain`, and returns its bytes; nil if
    /// the item is not in a text.
    fileprivate mutating func narrow(to domain: String, of name: Whole?) -> [UInt8]? {
        guard let name, var step = name.location.steps.last, step.span.count == name.bytes.count else { return nil }
        var start = name.bytes.endIndex
        var rest = domain.utf8.count
        while rest > 0, start > 0 {
            start -= 1
            // In a regular expression, a backslash precedes each dot.
            if name.bytes[start] != UInt8(ascii: "\\") { rest -= 1 }
        }
        step.span = Span(step.span.start + start, step.span.end)
        location = Location(name.location.steps.dropLast() + [step])
        return Array(name.bytes[start...])
    }
}
