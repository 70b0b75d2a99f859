internal import Documents
internal import Synchronization

/// Turns values at their places into findings, which show none of them.
final class FindingMaker: Sendable {
    private let inventory: ValueInventory
    private let fingerprintKey: [UInt8]
    /// What is shown of each value, made when it is first needed.
    private let shown = Mutex<[Int: Shown]>([:])

    private struct Shown {
        var mask: String
        var fingerprint: String
    }

    init(inventory: ValueInventory, fingerprintKey: [UInt8]) {
        self.inventory = inventory
        self.fingerprintKey = fingerprintKey
    }

    /// The findings of one file, in the order of `items`.
    func findings(_ items: [LocatedValue], path: String, bytes: [UInt8]) -> [Finding] {
        guard !items.isEmpty else { return [] }
        let lines = LineIndex(bytes)
        return items.map { item in
            let value = inventory.values[item.value]
            let shown = shown(item.value)
            let position = item.location.map { lines.position(of: $0.fileSpan.start) }
            let column = position?.column ?? (item.pathSpan?.start ?? 0) + 1
            return Finding(
                path: path,
                location: item.location,
                pathSpan: item.pathSpan,
                line: position?.line ?? 0,
                column: column,
                rule: item.rule,
                kind: value.kind,
                severity: value.kind.severity,
                confidence: item.confidence,
                keyPath: item.keyPath,
                mask: shown.mask,
                fingerprint: shown.fingerprint
            )
        }
    }

    private func shown(_ index: Int) -> Shown {
        if let known = shown.withLock({ $0[index] }) { return known }
        let value = inventory.values[index]
        let made = Shown(
            mask: Mask.mask(value.bytes, kind: value.kind),
            fingerprint: Fingerprint(of: value, key: fingerprintKey).description
        )
        shown.withLock { $0[index] = made }
        return made
    }
}
