internal import Documents
internal import Sodium

/// Takes what the owner lets stand out of what was found, before it is decided which of two values stays that share bytes:
/// a value that is kept takes no place from another.
///
/// What lies inside of a kept value and is no worse in public stays with it.
final class KeepFilter: Sendable {
    /// What a file has.
    struct Split {
        /// What is found.
        var found: [LocatedValue] = []
        /// What stays, with the reasons.
        var kept: [Kept] = []

        /// Whether there is nothing.
        var isEmpty: Bool { found.isEmpty && kept.isEmpty }
    }

    /// A value that stays.
    struct Kept {
        var item: LocatedValue
        var reason: Decisions.Reason
    }

    private let decisions: Decisions
    private let inventory: ValueInventory
    private let key: SecretBytes
    /// Why a value stays wherever it stands, by its index.
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

    /// The indices of the values that stay wherever they stand.
    var keptValues: Set<Int> { Set(reasons.keys) }

    /// Whether there is nothing to take out.
    private var isEmpty: Bool { !decisions.keepsAnything }

    /// Takes out what stays in the file at `path`; what is found still overlaps.
    func split(_ items: [LocatedValue], path: String) -> Split {
        // The policy has its words in it, which says nothing new about it.
        let items = path == PolicyFile.name ? items.filter { $0.rule != Decisions.wordRule } : items
        guard !isEmpty else { return Split(found: items) }
        var found: [LocatedValue] = []
        var kept: [Kept] = []
        for item in items {
            if let reason = reason(for: item, path: path) {
                kept.append(Kept(item: item, reason: reason))
            } else {
                found.append(item)
            }
        }
        guard !kept.isEmpty else { return Split(found: found) }
        found = Self.sorting(out: found, with: kept.map(\.item), where: Self.covers)
        let resolved = OverlapResolver.resolve(kept.map(\.item))
        let staying = Set(Self.sorting(out: resolved, with: found, where: Self.takes))
        kept = kept.filter { staying.contains($0.item) }
        return Split(found: found, kept: kept)
    }

    /// What stays in a file, in the order of the places.
    func findings(_ split: Split, _ maker: FindingMaker, path: String, lines: LineIndex) -> [KeptFinding] {
        guard !split.kept.isEmpty else { return [] }
        let reasons = Dictionary(split.kept.map { ($0.item, $0.reason) }) { first, _ in first }
        let items = FindingMaker.inOrder(Array(reasons.keys))
        return zip(items, maker.findings(items, path: path, lines: lines)).compactMap { item, finding in
            reasons[item].map { reason in
                KeptFinding(
                    finding: finding,
                    reason: reason,
                    value: value(of: item),
                    valueIndex: item.value,
                    isKeptEverywhere: !decisions.isBoundToPaths(reason)
                )
            }
        }
    }

    /// What stays of a value with its surroundings.
    private func value(of item: LocatedValue) -> KnownValue {
        let known = inventory.values[item.value]
        guard let whole = item.whole else { return known }
        return KnownValue(whole.bytes, kind: whole.kind, rule: item.rule, confidence: .high)
    }

    // MARK: - Deciding

    private func reason(for item: LocatedValue, path: String) -> Decisions.Reason? {
        if let reason = reasons[item.value] { return reason }
        let name = item.whole?.bytes ?? inventory.values[item.value].bytes
        let kind = item.whole?.kind ?? item.kind
        if Self.isName(kind), let reason = decisions.reason(domain: name) { return reason }
        if let whole = item.whole, let reason = Self.reason(for: whole.bytes, kind: whole.kind, decisions, key) {
            return reason
        }
        return decisions.reason(kind: kind, path: path)
    }

    /// Why a value stays that is known by its fingerprint or its digest.
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

    /// Those of `items` for which no other touches them so.
    private static func sorting(
        out items: [LocatedValue],
        with others: [LocatedValue],
        where touches: (_ other: LocatedValue, _ item: LocatedValue) -> Bool
    ) -> [LocatedValue] {
        let ordered = others.sorted { $0.extent.start < $1.extent.start }
        var next = 0
        var open: [LocatedValue] = []
        var touched: Set<Int> = []
        for (number, item) in items.enumerated().sorted(by: { $0.element.span.start < $1.element.span.start }) {
            while next < ordered.count, ordered[next].extent.start < item.span.end {
                open.append(ordered[next])
                next += 1
            }
            open.removeAll { $0.span.end <= item.span.start }
            if open.contains(where: { touches($0, item) }) { touched.insert(number) }
        }
        return items.enumerated().filter { !touched.contains($0.offset) }.map(\.element)
    }

    private static func covers(_ kept: LocatedValue, _ item: LocatedValue) -> Bool {
        guard item.kind.severity <= kept.kind.severity else { return false }
        var extent = kept
        if let whole = kept.whole { extent.location = whole.location }
        return item.relation(to: extent) == .inside
    }

    /// Whether the bytes of a kept value change when `other` is replaced.
    private static func takes(_ other: LocatedValue, _ kept: LocatedValue) -> Bool {
        kept.relation(to: other) != .apart
    }
}

extension LocatedValue {
    /// The bytes of the file or of the path with what the value is the identifying part of.
    fileprivate var extent: Span { whole?.location.fileSpan ?? span }
}
