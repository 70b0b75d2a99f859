internal import Detecting
internal import Documents
internal import Rotating

extension Rotate {
    /// Returns one warning per file for secrets that a scan finds but the catalogue does not know: the files do not
    /// show where else such a secret must change.
    func unknownSecrets(in documents: [Document], besides plan: RotationPlan) -> [RotationWarning] {
        guard let scan else { return [] }
        let current = documents.filter { StrayCopy(path: $0.path) == nil && !$0.isExample }
        var lines: [String: [Int]] = [:]
        for finding in scan.scan(unopened: current).findings {
            // A value derived from a password changes with it.
            guard finding.severity == .secret, finding.kind != .salt, let span = finding.location?.fileSpan else {
                continue
            }
            let isKnown = plan.knownSpans[finding.path, default: []].contains {
                $0.start < span.end && span.start < $0.end
            }
            if !isKnown { lines[finding.path, default: []].append(finding.line) }
        }
        return current.compactMap { document in
            lines[document.path].map { .unknownSecrets(path: document.path, lines: $0) }
        }
    }
}
