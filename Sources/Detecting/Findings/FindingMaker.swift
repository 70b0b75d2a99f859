internal import Documents
internal import Sodium
internal import Synchronization

/// Turns located values into findings, which do not contain the values themselves.
final class FindingMaker: Sendable {
    private let inventory: ValueInventory
    private let fingerprintKey: SecretBytes
    /// The shown forms of values, made on first use.
    private let shown = Mutex<[Name: Shown]>([:])

    /// The key of a value's shown form.
    private struct Name: Hashable {
        var bytes: [UInt8]
        var kind: Kind
    }

    private struct Shown {
        var mask: String
        var fingerprint: String
    }

    init(inventory: ValueInventory, fingerprintKey: [UInt8]) {
        self.inventory = inventory
        self.fingerprintKey = Fingerprint.key(from: fingerprintKey)
    }

    /// Returns the findings of one file, in order of `items`.
    func findings(_ items: [LocatedValue], path: String, lines: LineIndex) -> [Finding] {
        items.map { item in
            let value = inventory.values[item.value]
            let name =
                item.whole.map { Name(bytes: $0.bytes, kind: $0.kind) } ?? Name(bytes: value.bytes, kind: value.kind)
            let shown = shown(name)
            let location = item.whole?.location ?? item.location
            let position = location.map { lines.position(of: $0.fileSpan.start) }
            let column = position?.column ?? (item.pathSpan?.start ?? 0) + 1
            return Finding(
                path: path,
                location: location,
                identifyingPart: item.whole == nil ? nil : item.location,
                pathSpan: item.pathSpan,
                line: position?.line ?? 0,
                column: column,
                rule: item.rule,
                kind: name.kind,
                severity: name.kind.severity,
                confidence: item.confidence,
                keyPath: item.keyPath,
                mask: shown.mask,
                fingerprint: shown.fingerprint,
                isCarried: !item.isDirect
            )
        }
    }

    private func shown(_ name: Name) -> Shown {
        if let known = shown.withLock({ $0[name] }) { return known }
        let made = Shown(
            mask: Mask.mask(name.bytes, kind: name.kind),
            fingerprint: Fingerprint(of: name.bytes, kind: name.kind, key: fingerprintKey).description
        )
        shown.withLock { $0[name] = made }
        return made
    }

    /// Returns values in order of their findings: those in the path first, then by place.
    static func inOrder(_ values: [LocatedValue]) -> [LocatedValue] {
        values.enumerated().sorted { left, right in
            switch (place(of: left.element), place(of: right.element)) {
            case (let first?, let second?) where first != second: return first < second
            case (nil, _?): return true
            case (_?, nil): return false
            default: return left.offset < right.offset
            }
        }.map(\.element)
    }

    private static func place(of value: LocatedValue) -> Span? {
        (value.whole?.location ?? value.location)?.fileSpan
    }
}
