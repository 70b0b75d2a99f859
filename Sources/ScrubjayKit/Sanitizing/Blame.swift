internal import Detecting
internal import Documents
internal import Sanitizing

/// Determines which files cause the findings of a scan of a sanitized tree.
///
/// A value that is found in one file is searched for in all others, so a file with findings may be clean by itself.
struct Blame {
    let scan: Scan
    /// The sanitized files that have findings.
    let documents: [Document]
    let preparation: Sanitize.Preparation

    /// Returns the files to leave out because of some findings, each once.
    ///
    /// - Parameters:
    ///   - findings: the findings.
    ///   - what: the problem, as a phrase for the message.
    /// - Returns: the files.
    /// - Throws: ``SanitizingError`` `found` if leaving files out does not help, because a finding is in a path or in
    ///   `parameters.json` only.
    func files(of findings: [Finding], _ what: String) throws(SanitizingError) -> [UnprovedFile] {
        let paths = Set(findings.map(\.path))
        let alone = Set(
            documents.filter { paths.contains($0.path) && !scan.scan(unopened: [$0]).findings.isEmpty }.map(\.path)
        )
        var files: [UnprovedFile] = []
        var hopeless: SanitizingError?
        for finding in findings where alone.isEmpty || alone.contains(finding.path) {
            let error = SanitizingError(
                .found,
                at: finding.path,
                "\(what) in line \(finding.line) by rule \(finding.rule)"
            )
            if finding.pathSpan == nil, let file = preparation.plan.files.first(where: { $0.path == finding.path }) {
                guard files.last?.source != file.source else { continue }
                files.append(UnprovedFile(source: file.source, error: error))
            } else {
                hopeless = hopeless ?? error
            }
        }
        if files.isEmpty, let hopeless { throw hopeless.endingTheRun }
        return files
    }
}
