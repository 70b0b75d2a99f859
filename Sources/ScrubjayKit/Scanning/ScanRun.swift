internal import Collecting
internal import Detecting
internal import Documents

/// One scan in progress: takes files, delivers the findings to report, and counts.
struct ScanRun {
    /// A value in the committed contents of a file, which the next commit therefore does not add.
    struct Committed: Hashable {
        private let path: String
        private let fingerprint: String

        /// Takes the value and the file of a finding.
        init(_ finding: Finding) {
            path = finding.path
            fingerprint = finding.fingerprint
        }
    }

    /// The values that are not reported again at the same path.
    var committed: Set<Committed> = []
    private let scan: Scan
    private let options: Scan.Options
    private var baseline: BaselineCheck
    private var fingerprints: Set<String> = []
    private var seenNotes: Set<Scan.Note> = []
    private(set) var summary = Scan.Summary()

    /// Prepares a run over files with one version each, or over the versions of a history.
    init(_ scan: Scan, options: Scan.Options, hasVersions: Bool) {
        self.scan = scan
        self.options = options
        baseline = BaselineCheck(options.baseline, remembers: options.listsAccepted || hasVersions)
    }

    /// Scans the files of `source`, and delivers the findings to report, in order of the files.
    ///
    /// - Parameters:
    ///   - source: the files; those with the same path are versions of one file, the oldest first.
    ///   - origin: returns the origin of a file in a history.
    ///   - consume: receives the findings to report, one file at a time.
    /// - Throws: what `consume` throws.
    mutating func scan(
        _ source: some ScanSource,
        origin: (_ index: Int) -> SourceFile.Origin? = { _ in nil },
        consume: (ScannedFile) throws -> Void
    ) throws {
        try scan.scan(source) { text in
            for note in text.notes { add(Scan.Note(path: text.path, line: note.line, message: note.message)) }
            if text.isBinary { summary.binaryCount += 1 }
            count(text.kept)
            let items = admitted(text.findings[...], regions: text.regions[...])
            guard !items.isEmpty else { return }
            try consume(ScannedFile(path: text.path, origin: origin(text.file), items: items))
        }
    }

    /// Counts files and bytes that were read.
    mutating func count(files: Int, bytes: Int) {
        summary.fileCount += files
        summary.byteCount += bytes
    }

    /// Counts what the policy keeps.
    private mutating func count(_ kept: [KeptFinding]) {
        for kept in kept where options.filter.admits(kept.finding) { summary.kept[kept.reason, default: 0] += 1 }
    }

    /// Records a note once.
    mutating func add(_ note: Scan.Note) {
        if seenNotes.insert(note).inserted { summary.notes.append(note) }
    }

    /// Ends the run.
    ///
    /// - Parameters:
    ///   - skipped: the skipped entries.
    ///   - failures: the errors about files that could not be read.
    ///   - ignored: the paths of files that git ignores.
    ///   - covers: returns whether the scan read the file at a path, or would have if it existed.
    /// - Returns: the summary.
    mutating func finish(
        skipped: [Deployment.Skipped] = [],
        failures: [CollectingError] = [],
        ignored: Set<String> = [],
        covers: (String) -> Bool
    ) -> Scan.Summary {
        let unread = Set(failures.map(\.path)).union(ignored)
        let stale = baseline.stale { path in
            covers(path) && !unread.contains(path) && !options.exclusion.excludes(path)
        }
        summary.skipped = skipped
        summary.failures = failures
        summary.ignoredCount = ignored.count
        summary.valueCount = fingerprints.count
        summary.staleEntries = stale.sorted { ($0.path, $0.rule, $0.fingerprint) < ($1.path, $1.rule, $1.fingerprint) }
        summary.accepted = baseline.updated(without: stale)
        return summary
    }

    /// Notes a secret that is reported because its policy entry gives no reason.
    private mutating func noteUnreasoned(_ finding: Finding) {
        guard scan.policy.lacksReason(toKeep: finding) else { return }
        add(Scan.Note(path: PolicyFile.name, line: nil, message: PolicyFile.noReason(toKeep: finding)))
    }

    /// Whether an earlier version of the document had the same finding; `fresh` collects those of this version.
    private mutating func isRepeated(_ finding: Finding, _ fresh: inout Set<Baseline.Entry>) -> Bool {
        let entry = Baseline.Entry(finding)
        guard !baseline.report(entry) else {
            fresh.insert(entry)
            return false
        }
        return !fresh.contains(entry)
    }

    /// Returns the findings of one document that are reported, with their regions.
    private mutating func admitted(
        _ findings: ArraySlice<Finding>,
        regions: ArraySlice<TextRegion?>
    ) -> [ScannedFile.Item] {
        var items: [ScannedFile.Item] = []
        // Only earlier versions count, not a second place in this one.
        var fresh: Set<Baseline.Entry> = []
        for (finding, region) in zip(findings, regions) {
            noteUnreasoned(finding)
            guard options.filter.admits(finding) else {
                _ = baseline.accepts(finding)
                continue
            }
            if baseline.accepts(finding) {
                summary.acceptedCount += 1
                continue
            }
            guard !committed.contains(Committed(finding)) else {
                summary.committedCount += 1
                continue
            }
            let isRepeated = baseline.remembers && isRepeated(finding, &fresh)
            items.append(ScannedFile.Item(finding: finding, region: region, isRepeated: isRepeated))
            fingerprints.insert(finding.fingerprint)
            summary.places[finding.kind, default: 0] += 1
            if isRepeated { summary.repeatedCount += 1 }
        }
        return items
    }
}
