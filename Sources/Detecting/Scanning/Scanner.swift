public import Documents

/// Finds the secrets and personal values of a deployment.
///
/// It makes two passes over all documents. The first runs the rules and collects the values that they find with
/// certainty. The second searches for each of these values everywhere, because a password named in one file is a bare
/// word in the next. Documents are read on all cores; the result depends only on the documents, the rules and the key.
///
/// Of two overlapping findings, both are kept only if one lies strictly inside the other and their kinds differ, such
/// as a domain in an email address. Otherwise only the better one is kept: the more severe, then the more certain, the
/// longer, the earlier.
public struct Scanner: Sendable {
    /// The size in bytes above which a file is read in parts and without its structure, and an archive is not opened.
    public static let wholeFileLimit = 64 << 20

    let index: RuleIndex
    let fingerprintKey: [UInt8]
    /// The owner's decisions.
    public var decisions: Decisions
    /// The sizes of the parts in which large files are read.
    var partSizes = FileParts.Sizes()

    /// Makes a scanner.
    ///
    /// - Parameters:
    ///   - rules: the rules to run.
    ///   - fingerprintKey: the owner's key, on which fingerprints depend.
    ///   - decisions: the values that the owner keeps, and the words to search for.
    ///   - store: the store of compiled rules; nil to compile them.
    public init(
        rules: RuleSet = .builtIn,
        fingerprintKey: [UInt8],
        decisions: Decisions = Decisions(),
        store: (any CompiledStore)? = nil
    ) {
        self.decisions = decisions
        do {
            index = try RuleIndex(rules, store: store)
        } catch {
            preconditionFailure("vectorscan refuses an anchor of a rule: \(error.message)")
        }
        self.fingerprintKey = fingerprintKey
    }

    /// The ids of the rules, in the order in which they are tried.
    public var ruleIDs: [String] { index.rules.map(\.id) }

    /// Finds every sensitive value in `documents`.
    public func scan(_ documents: [Document]) -> ScanResult {
        let numbered = documents.enumerated().sorted { left, right in
            let (first, second) = (left.element.path.utf8, right.element.path.utf8)
            return first.lexicographicallyPrecedes(second) || first.elementsEqual(second) && left.offset < right.offset
        }
        let documents = numbered.map(\.element)
        var detections = documents.concurrentMap { DocumentDetector.detect(in: $0.loaded(), index: index) }
        let secretFiles = detections.reduce(into: Set<String>()) { $0.formUnion($1.secretFiles) }
        for number in documents.indices where secretFiles.contains(documents[number].path) {
            let document = documents[number].loaded()
            let claims = DocumentDetector.detect(inSecretFile: document, index: index).candidates
            detections[number].candidates += claims.filter { !detections[number].candidates.contains($0) }
        }
        let inventory = ValueInventory(
            detections,
            words: decisions.words,
            remembered: decisions.remembered,
            rules: index.rules
        )
        let propagation = Propagation(values: inventory.values)
        let tasks = zip(documents, detections).map { ($0, $1.candidates) }
        let filter = KeepFilter(decisions, inventory: inventory, fingerprintKey: fingerprintKey)
        let located = tasks.concurrentMap { document, candidates in
            let document = document.loaded()
            let items = OverlapResolver.items(
                candidates: candidates,
                occurrences: propagation.occurrences(in: document),
                document: document,
                inventory: inventory,
                rules: index.rules
            )
            return filter.split(items, path: document.path)
        }
        return report(documents, numbers: numbered.map(\.offset), located, inventory, filter)
    }

    private func report(
        _ documents: [Document],
        numbers: [Int],
        _ located: [KeepFilter.Split],
        _ inventory: ValueInventory,
        _ filter: KeepFilter
    ) -> ScanResult {
        let maker = FindingMaker(inventory: inventory, fingerprintKey: fingerprintKey)
        var findings: [Finding] = []
        var kept: [KeptFinding] = []
        var values: [Int] = []
        var sources: [Int] = []
        for number in documents.indices where !located[number].isEmpty {
            let items = FindingMaker.inOrder(OverlapResolver.resolve(located[number].found))
            let document = documents[number]
            let lines = LineIndex(document.bytes)
            findings += maker.findings(items, path: document.path, lines: lines)
            values += items.map(\.value)
            sources += items.map { _ in numbers[number] }
            kept += filter.findings(located[number], maker, path: document.path, lines: lines)
        }
        return ScanResult(
            findings: findings,
            values: inventory.values,
            valueIndices: values,
            documentIndices: sources,
            kept: kept,
            keptValues: filter.keptValues
        )
    }
}
