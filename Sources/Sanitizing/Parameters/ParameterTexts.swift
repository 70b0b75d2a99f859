internal import Detecting

/// The names and descriptions that the policy gives to parameters.
struct ParameterTexts {
    private var byName: [String: PolicyFile.ParameterText] = [:]
    private var byValue: [Int: PolicyFile.ParameterText] = [:]

    /// Matches the texts of `policy` to the values of `scan`.
    init(_ policy: PolicyFile, scan: ScanResult) {
        guard !policy.parameters.isEmpty else { return }
        for text in policy.parameters {
            // A value that had the new name in an earlier run keeps it.
            if let name = text.name { byName[name] = text }
        }
        for text in policy.parameters { byName[text.key] = text }
        let representatives = ValueRepresentatives(scan)
        for (index, finding) in scan.findings.enumerated() {
            guard let text = byName[finding.fingerprint] else { continue }
            byValue[representatives.representative(ofFinding: index)] = text
        }
    }

    /// Returns the policy's text for the parameter of a value, which would be named `name`.
    func text(for value: Int, named name: String) -> PolicyFile.ParameterText? { byValue[value] ?? byName[name] }
}
