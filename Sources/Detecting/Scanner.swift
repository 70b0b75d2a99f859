public import Documents

/// Says where the secrets and personal values of a deployment are.
///
/// Two passes go over all documents. The first runs the rules, and collects what they find with certainty; the second
/// looks for each of these values everywhere, since a password that one file names is a bare word in the next.
/// Documents are read on all cores; the result depends on nothing but the documents, the rules and the key.
///
/// Where two findings share bytes, both stay only if one lies strictly inside the other and they differ in kind, as a
/// domain in an email address. Of others the better one stays: the more severe, then the surer, the longer, the
/// earlier.
public struct Scanner: Sendable {
    let index: RuleIndex
    let fingerprintKey: [UInt8]
    /// What the owner decided.
    public var decisions: Decisions
    /// How large files are read in parts.
    var partSizes = FileParts.Sizes()

    /// Makes a scanner.
    ///
    /// - Parameters:
    ///   - rules: the rules to run.
    ///   - fingerprintKey: the owner's key, which fingerprints depend on.
    ///   - decisions: what the owner lets stand, and which words to look for.
    ///   - store: where compiled rules are kept; nil compiles them anew.
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
        let detections = documents.concurrentMap { DocumentDetector.detect(in: $0.loaded(), index: index) }
        let inventory = ValueInventory(detections, words: decisions.words, rules: index.rules)
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
