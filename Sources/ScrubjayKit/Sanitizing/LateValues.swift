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
    ///   - parameters: the parameters as written.
    ///   - isLast: whether there is no further attempt.
    /// - Returns: what to do next. A file is unproved if there is no further attempt, if a stand-in was mistaken for a
    ///   value, or if the values are already known, so that another round would change nothing.
    /// - Throws: ``SanitizingError`` `found` if that happens in a path or in `parameters.json`; ``CollectingError``.
    mutating func add(
        _ second: Sanitize.SecondScan,
        scan: Scan,
        preparation: Sanitize.Preparation,
        parameters: ParameterFile,
        isLast: Bool
    ) throws -> Round {
        guard !second.findings.isEmpty else { return Round() }
        let documents = try documents(of: second, preparation: preparation, parameters: parameters)
        let scan = scan.following(preparation.plan.keeping.sourcePaths)
        let result = scan.scan(unopened: documents.map(\.document))
        let origins = Dictionary(uniqueKeysWithValues: documents.map { ($0.document.path, $0) })
        let originals = Self.originals(of: preparation.plan)
        let standIns = Set(preparation.plan.parameters.map { Array($0.standIn.utf8) })
        let replaced = Set(preparation.plan.values.map(\.bytes))
        var round = Round()
        var new: Set<KnownValue> = []
        var renamed: Set<String> = []
        var restored: [[UInt8]: [UInt8]] = [:]
        var taken: [Finding] = []
        for (index, finding) in result.findings.enumerated() {
            let value = result.value(ofFinding: index)
            let isStandIn = origins[finding.path]?.hasStandIn(at: finding) ?? false || standIns.contains(value.bytes)
            guard !isStandIn else {
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
        let blame = Blame(scan: scan, documents: documents.map(\.document), preparation: preparation)
        round.unproved = try blame.files(of: taken, "a scan takes a stand-in for a value")
        guard !isLast, !unknown.isEmpty || !renamed.isEmpty || new.isEmpty && !taken.isEmpty else {
            let what = "a scan of the sanitized tree still finds values"
            round.unproved += try blame.files(of: second.findings, what)
            return round
        }
        guard !unknown.isEmpty || !renamed.isEmpty else { return round }
        round.isNew = true
        values += unknown.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        renamedDomains += renamed.subtracting(renamedDomains).sorted()
        rounds += 1
        return round
    }

    /// A file with findings, and the places of its stand-ins.
    private struct Written {
        var document: Document
        var standIns: LocationSet
        var standInsInPath: LocationSet

        func hasStandIn(at finding: Finding) -> Bool {
            if let span = finding.pathSpan { return standInsInPath.contains(Location(span)) }
            return finding.replacedLocation.map(standIns.contains) ?? false
        }
    }

    /// Makes the files with findings once more.
    private func documents(
        of second: Sanitize.SecondScan,
        preparation: Sanitize.Preparation,
        parameters: ParameterFile
    ) throws -> [Written] {
        let paths = Set(second.findings.map(\.path))
        var written: [Written] = []
        for file in preparation.plan.files where paths.contains(file.path) {
            let result = try preparation.plan.apply(file, to: try preparation.original(of: file))
            let bytes = file.isArchive ? [] : result.bytes
            written.append(
                Written(
                    document: Document(path: file.path, bytes: bytes),
                    standIns: LocationSet(result.places.compactMap(\.place.location)),
                    standInsInPath: LocationSet(file.standInsInPath.map { Location($0.span) })
                )
            )
        }
        if paths.contains(ParameterFile.name) {
            let document = Document(path: ParameterFile.name, bytes: parameters.serialized())
            written.append(Written(document: document, standIns: LocationSet([]), standInsInPath: LocationSet([])))
        }
        return written
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
