internal import Detecting
internal import Documents
internal import Sanitizing

/// Values that only a scan of the sanitized tree reveals, because the text around them hid them in the original.
struct LateValues {
    /// The values, to be searched for from the start.
    private(set) var values: [KnownValue] = []
    /// The kept domains in the spelling of the sanitized tree, if a word in them was replaced: `user1.org`.
    private(set) var renamedDomains: [String] = []
    /// The number of rounds that revealed values.
    private(set) var rounds = 0

    /// The result of a second scan.
    struct Round {
        /// Whether there are new values, so that the plan must be made again.
        var isNew = false
        /// Whether something was found that should have been replaced everywhere.
        var hasKnownValues = false
        /// The files whose findings another round would not remove.
        var unproved: [UnprovedFile] = []
    }

    /// Adds the findings of a second scan.
    ///
    /// - Parameters:
    ///   - second: the scan.
    ///   - scan: the scan's configuration.
    ///   - preparation: the plan that was carried out.
    ///   - written: what was written.
    ///   - isLast: whether there is no further attempt.
    /// - Returns: what to do next. A file is unproved if there is no further attempt, if a stand-in was mistaken for a
    ///   value, or if the values are already known, so that another round would change nothing.
    /// - Throws: ``SanitizingError`` `found` if that happens in a path or in `parameters.json`; ``CollectingError``.
    mutating func add(
        _ second: Sanitize.SecondScan,
        scan: Scan,
        preparation: Sanitize.Preparation,
        written: Sanitize.Written,
        isLast: Bool
    ) throws -> Round {
        guard !second.findings.isEmpty else { return Round() }
        let files = SanitizedFiles(preparation, written)
        let scan = scan.following(preparation.plan.keeping.sourcePaths)
        let originals = Self.originals(of: preparation.plan)
        let standIns = Set(preparation.plan.parameters.map { Array($0.standIn.utf8) })
        let replaced = Set(preparation.plan.values.map(\.bytes))
        var round = Round()
        var new: Set<KnownValue> = []
        var renamed: Set<String> = []
        var restored: [[UInt8]: [UInt8]] = [:]
        var taken: [Finding] = []
        var places: (path: String, standIns: SanitizedFiles.StandIns)?
        for (finding, value) in zip(second.findings, second.values) {
            // The findings of a file follow one another.
            if places?.path != finding.path { places = (finding.path, try files.standIns(in: finding.path)) }
            let isAtStandIn = places?.standIns.contains(finding) ?? false
            guard !isAtStandIn, !standIns.contains(value.bytes) else {
                taken.append(finding)
                continue
            }
            let written = value.original ?? value.bytes
            let bytes = restored[written] ?? Self.restored(written, by: originals)
            restored[written] = bytes
            let names = value.kind == .domain ? Self.names(scan.policy.keep.domains, ending: bytes, as: written) : []
            guard names.allSatisfy(renamedDomains.contains) else {
                renamed.formUnion(names)
                continue
            }
            if replaced.contains(bytes) { round.hasKnownValues = true }
            new.insert(KnownValue(bytes, kind: value.kind, rule: value.rule, confidence: .high))
        }
        let unknown = new.subtracting(values)
        let blame = Blame(scan: scan, files: files)
        round.unproved = try blame.unproved(because: taken, "a scan takes a stand-in for a value")
        guard !isLast, !unknown.isEmpty || !renamed.isEmpty || new.isEmpty && !taken.isEmpty else {
            let what = "a scan of the sanitized tree still finds values"
            round.unproved += try blame.unproved(because: second.findings, what)
            return round
        }
        guard !unknown.isEmpty || !renamed.isEmpty else { return round }
        round.isNew = true
        values += unknown.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        renamedDomains += renamed.subtracting(renamedDomains).sorted()
        rounds += 1
        return round
    }

    /// Returns the kept domains that end in a name of the originals, with the name that replaces it in the sanitized
    /// tree; empty if that name is the same.
    private static func names(_ domains: [String], ending original: [UInt8], as written: [UInt8]) -> [String] {
        guard original != written else { return [] }
        let (original, written) = (String(decoding: original, as: UTF8.self), String(decoding: written, as: UTF8.self))
        let suffix = original.lowercased()
        return domains.filter { $0 == suffix || $0.hasSuffix("." + suffix) }.map {
            $0.dropLast(suffix.count) + written.lowercased()
        }
    }

    /// Returns the stand-ins with the spellings of the values that they replace, longest first.
    private static func originals(of plan: SanitizePlan) -> [(standIn: [UInt8], value: [UInt8])] {
        plan.assigned.flatMap { assigned in
            assigned.spellings.map { (Array(plan.parameters[$0.parameter].standIn.utf8), $0.value.bytes) }
        }.sorted { $0.0.count > $1.0.count }
    }

    /// Returns a value of the sanitized tree as it was in the original: stand-ins inside it are replaced with their
    /// values.
    private static func restored(_ bytes: [UInt8], by originals: [(standIn: [UInt8], value: [UInt8])]) -> [UInt8] {
        originals.reduce(bytes) { bytes, pair in
            pair.standIn.count < bytes.count && bytes.holds(pair.standIn)
                ? bytes.replacing(pair.standIn, with: pair.value) : bytes
        }
    }
}

extension [UInt8] {
    /// Whether these bytes contain others; called for every value with thousands of stand-ins.
    fileprivate func holds(_ part: [UInt8]) -> Bool {
        guard let first = part.first, part.count <= count else { return false }
        return (0...count - part.count).contains { start in
            self[start] == first && self[start..<start + part.count].elementsEqual(part)
        }
    }
}
