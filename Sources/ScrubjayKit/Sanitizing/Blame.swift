internal import Detecting
internal import Sanitizing

/// Determines which files cause the findings of a scan of a sanitized tree.
///
/// A value that is found in one file is searched for in all others, so a file with findings may be clean by itself.
struct Blame {
    let scan: Scan
    let files: SanitizedFiles

    /// Returns the files to leave out because of some findings, each once.
    ///
    /// - Parameters:
    ///   - findings: the findings.
    ///   - what: the problem, as a phrase for the message.
    /// - Returns: the files.
    /// - Throws: ``SanitizingError`` `found` if leaving files out does not help, because a finding is in a path or in
    ///   `parameters.json` only; ``CollectingError``.
    func unproved(because findings: [Finding], _ what: String) throws -> [UnprovedFile] {
        let alone = try Set(findings.map(\.path)).filter { path in
            try files.document(at: path).map { !scan.scan(unopened: [$0]).findings.isEmpty } ?? false
        }
        var unproved: [UnprovedFile] = []
        var hopeless: SanitizingError?
        for finding in findings where alone.isEmpty || alone.contains(finding.path) {
            let error = SanitizingError(
                .found,
                at: finding.path,
                "\(what) in line \(finding.line) by rule \(finding.rule)"
            )
            if finding.pathSpan == nil, let file = files.file(at: finding.path) {
                guard unproved.last?.source != file.source else { continue }
                unproved.append(UnprovedFile(source: file.source, error: error))
            } else {
                hopeless = hopeless ?? error
            }
        }
        if unproved.isEmpty, let hopeless { throw hopeless.endingTheRun }
        return unproved
    }
}
