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
    private let index: RuleIndex
    private let fingerprintKey: [UInt8]

    /// Makes a scanner.
    ///
    /// - Parameters:
    ///   - rules: the rules to run.
    ///   - fingerprintKey: the owner's key, which fingerprints depend on.
    public init(rules: RuleSet = .builtIn, fingerprintKey: [UInt8]) {
        do {
            index = try RuleIndex(rules)
        } catch {
            preconditionFailure("vectorscan refuses an anchor of a rule: \(error.message)")
        }
        self.fingerprintKey = fingerprintKey
    }

    /// Finds every sensitive value in `documents`.
    public func scan(_ documents: [Document]) -> ScanResult {
        let numbered = documents.enumerated().sorted { left, right in
            let (first, second) = (left.element.path.utf8, right.element.path.utf8)
            return first.lexicographicallyPrecedes(second) || first.elementsEqual(second) && left.offset < right.offset
        }
        let documents = numbered.map(\.element)
        let detections = documents.concurrentMap { DocumentDetector.detect(in: $0, index: index) }
        let inventory = ValueInventory(detections, rules: index.rules)
        let propagation = Propagation(values: inventory.values)
        let tasks = zip(documents, detections).map { ($0, $1.candidates) }
        let located = tasks.concurrentMap { document, candidates in
            OverlapResolver.resolve(
                candidates: candidates,
                occurrences: propagation.occurrences(in: document),
                document: document,
                inventory: inventory,
                rules: index.rules
            )
        }
        return report(documents, numbers: numbered.map(\.offset), located, inventory)
    }

    /// Values in the order of their findings: those in the path first, then by place.
    private static func inOrder(_ values: [LocatedValue]) -> [LocatedValue] {
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

    private func report(
        _ documents: [Document],
        numbers: [Int],
        _ located: [[LocatedValue]],
        _ inventory: ValueInventory
    ) -> ScanResult {
        var shown: [KnownValue: (mask: String, fingerprint: String)] = [:]
        var findings: [Finding] = []
        var values: [Int] = []
        var sources: [Int] = []
        for number in documents.indices where !located[number].isEmpty {
            let lines = LineIndex(documents[number].bytes)
            for item in Self.inOrder(located[number]) {
                var value = inventory.values[item.value]
                if let whole = item.whole {
                    value = KnownValue(whole.bytes, kind: whole.kind, rule: item.rule, confidence: value.confidence)
                }
                if shown[value] == nil {
                    let fingerprint = Fingerprint(of: value, key: fingerprintKey)
                    shown[value] = (Mask.mask(value.bytes, kind: value.kind), fingerprint.description)
                }
                let location = item.whole?.location ?? item.location
                let position = location.map { lines.position(of: $0.fileSpan.start) }
                let column = position?.column ?? (item.pathSpan?.start ?? 0) + 1
                findings.append(
                    Finding(
                        path: documents[number].path,
                        location: location,
                        identifyingPart: item.whole == nil ? nil : item.location,
                        pathSpan: item.pathSpan,
                        line: position?.line ?? 0,
                        column: column,
                        rule: item.rule,
                        kind: value.kind,
                        severity: value.kind.severity,
                        confidence: item.confidence,
                        keyPath: item.keyPath,
                        mask: shown[value]?.mask ?? "",
                        fingerprint: shown[value]?.fingerprint ?? ""
                    )
                )
                values.append(item.value)
                sources.append(numbers[number])
            }
        }
        return ScanResult(findings: findings, values: inventory.values, valueIndices: values, documentIndices: sources)
    }
}
