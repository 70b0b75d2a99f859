internal import Detecting
internal import Sanitizing

extension PolicyFile {
    /// Returns notes on decisions that do not apply to a deployment.
    ///
    /// - Parameters:
    ///   - result: the result of a scan with the policy.
    ///   - plan: a plan made with the policy.
    ///   - paths: the files of the deployment.
    /// - Returns: a note for each such decision.
    func notes(on result: ScanResult, plan: SanitizePlan, paths: [String]) -> [Scan.Note] {
        var messages: [String] = []
        // A value in the policy itself counts only if it also occurs elsewhere.
        let reasons = Set(result.kept.filter { $0.finding.path != Self.name }.map(\.reason))
        let fingerprints = Set(result.findings.map(\.fingerprint))
        for finding in result.findings where lacksReason(toKeep: finding) {
            let message = Self.noReason(toKeep: finding)
            if !messages.contains(message) { messages.append(message) }
        }
        for value in keep.values where !reasons.contains(.fingerprint(value.fingerprint)) {
            guard !fingerprints.contains(value.fingerprint) else { continue }
            messages.append("the value \(value.fingerprint) that it keeps does not occur")
        }
        for domain in keep.domains where !reasons.contains(.domain(domain)) {
            messages.append("the domain \(domain) that it keeps does not occur")
        }
        let sources = Set(plan.files.map(\.source))
        for path in paths where bringsBack(path) && deed(withFile: path) != .omit && !sources.contains(path) {
            messages.append("\(path) is included, but left out anyway: it cannot be sanitized")
        }
        let names = Set(plan.parameters.map(\.name))
        for text in parameters where !names.contains(text.name ?? text.key) && !fingerprints.contains(text.key) {
            messages.append("there is no parameter \(text.key)")
        }
        return messages.map { Scan.Note(path: Self.name, line: nil, message: $0) }
    }
}
