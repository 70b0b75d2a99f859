internal import Detecting

/// Determines which new secrets replace a secret of the last run, and so take over its name and its stand-in.
///
/// Changing a password does not change the setting, so its published name and stand-in stay the same. If the former
/// secret still occurs elsewhere, it gets a new name. See `docs/adr/0049-a-setting-keeps-its-stand-in.md`.
struct Succession {
    /// The places at which a value is the only one, by the index of the value; the most informative setting first.
    let places: [Int: [SealedMap.Place]]
    /// The value of the last run that a new value replaces, by the index of the new one.
    let predecessors: [Int: SealedMap.Value]
    /// The name that a value had in the last run and has lost to its successor, by the index of the value.
    let formerNames: [Int: String]

    /// Compares the places of values with those of the last run.
    ///
    /// - Parameters:
    ///   - uses: the replacements of each value, by its index.
    ///   - scan: the scan that found them.
    ///   - known: the values of the last run.
    ///   - representatives: the value that represents all values with the same bytes.
    init(
        _ uses: [Int: [Replacement]],
        in scan: ScanResult,
        known: EarlierValues,
        representatives: ValueRepresentatives
    ) {
        places = Self.places(of: uses, in: scan)
        var holders: [SealedMap.Place: Int] = [:]
        for (value, places) in places { for place in places { holders[place] = value } }
        var indices: [[UInt8]: Int] = [:]
        for (index, value) in scan.values.enumerated() where value.derivation == nil {
            indices[Assignment.canonical(value)] = representatives.representative(of: index)
        }
        var predecessors: [Int: SealedMap.Value] = [:]
        var formerNames: [Int: String] = [:]
        for earlier in known.values where earlier.origin == nil && earlier.kind.severity == .secret {
            // The former value must be searched for; otherwise its stand-in, which now denotes another value, could
            // remain.
            guard let former = indices[earlier.value.bytes], let name = earlier.spellings.first?.parameter,
                let heir = earlier.places.lazy.compactMap({ holders[$0] }).first, heir != former,
                predecessors[heir] == nil, Self.isNew(scan.values[heir], to: known),
                Self.hasForm(of: earlier, scan.values[heir], uses: uses[heir] ?? [], in: scan)
            else { continue }
            predecessors[heir] = earlier
            formerNames[former] = name
        }
        self.predecessors = predecessors
        self.formerNames = formerNames
    }

    /// Returns the places at which each value is the only one; the place of the setting that names the value comes
    /// first.
    private static func places(of uses: [Int: [Replacement]], in scan: ScanResult) -> [Int: [SealedMap.Place]] {
        func place(_ use: Replacement) -> SealedMap.Place? {
            let finding = scan.findings[use.finding]
            return finding.pathSpan == nil ? SealedMap.Place(path: finding.path, keys: finding.keyPath) : nil
        }
        var holders: [SealedMap.Place: Set<Int>] = [:]
        for (value, uses) in uses {
            for place in uses.compactMap(place) { holders[place, default: []].insert(value) }
        }
        return uses.reduce(into: [:]) { places, entry in
            let (value, uses) = entry
            guard scan.values[value].derivation == nil else { return }
            let keys = ValueUses.tellingKeys(of: uses, in: scan)
            func rank(_ place: SealedMap.Place) -> Int {
                place.keys.last { Int($0) == nil }.flatMap(keys.firstIndex) ?? keys.count
            }
            var own: [SealedMap.Place] = []
            for place in uses.compactMap(place) where holders[place]?.count == 1 && !own.contains(place) {
                own.append(place)
            }
            places[value] = own.enumerated().sorted { left, right in
                (rank(left.element), left.offset) < (rank(right.element), right.offset)
            }.map(\.element)
        }
    }

    /// Whether a value had no place in the last run.
    private static func isNew(_ value: KnownValue, to known: EarlierValues) -> Bool {
        known.value(EarlierValues.Key(value: Assignment.canonical(value)))?.places.isEmpty ?? true
    }

    /// Whether the stand-in of an earlier value also suits a new value at its places.
    private static func hasForm(
        of earlier: SealedMap.Value,
        _ value: KnownValue,
        uses: [Replacement],
        in scan: ScanResult
    ) -> Bool {
        let old = earlier.value.bytes
        guard value.derivation == nil, earlier.kind == value.kind,
            earlier.fits(value.kind, mustBeNumber: uses.contains(where: ValueUses.mustBeNumber)),
            Base64Key.isOne(old) == Base64Key.isOne(value.bytes),
            NumberList(old) == nil, NumberList(value.bytes) == nil
        else { return false }
        return ValueUses.form(of: old, uses: uses, in: scan) == ValueUses.form(of: value.bytes, uses: uses, in: scan)
    }
}
