internal import Detecting
internal import Documents
internal import Sanitizing

/// Says which files are to blame for what a scan of a sanitized tree finds.
///
/// What is found in one file is looked for in all others, which are as they should be.
struct Blame {
    let scan: Scan
    /// The sanitized files in which something is found.
    let documents: [Document]
    let preparation: Sanitize.Preparation

    /// The files that are to be left out for some findings, each once.
    ///
    /// - Parameters:
    ///   - findings: what is found.
    ///   - what: what the matter is.
    /// - Returns: the files.
    /// - Throws: ``SanitizingError`` `found` where leaving files out does not help: it is in a path, or in `parameters.json` alone.
    func files(of findings: [Finding], _ what: String) throws(SanitizingError) -> [UnprovedFile] {
        let paths = Set(findings.map(\.path))
        let alone = Set(
            documents.filter { paths.contains($0.path) && !scan.scan([$0]).findings.isEmpty }.map(\.path)
        )
        var files: [UnprovedFile] = []
        var hopeless: SanitizingError?
        for finding in findings where alone.isEmpty || alone.contains(finding.path) {
            let error = SanitizingError(
                .found,
                at: finding.path,
                "\(what) in line \(finding.line) by the rule \(finding.rule); nothing was written"
            )
            if finding.pathSpan == nil, let file = preparation.plan.files.first(where: { $0.path == finding.path }) {
                guard files.last?.source != file.source else { continue }
                files.append(UnprovedFile(source: file.source, error: error))
            } else {
                hopeless = hopeless ?? error
            }
        }
        if files.isEmpty, let hopeless { throw hopeless }
        return files
    }
}
