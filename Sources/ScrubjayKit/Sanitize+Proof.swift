internal import Collecting
internal import Detecting
internal import Sanitizing
internal import SystemPackage

extension Sanitize {
    /// What a scan of the sanitized tree says.
    struct SecondScan {
        /// How many files it read.
        var fileCount: Int
        /// What it finds.
        var findings: [Finding]
    }

    /// How many files are searched before somebody is asked whether to go on.
    private static let searchedAtATime = 64

    /// Reads what was written, from the disk, and looks for every value.
    ///
    /// - Throws: ``SanitizingError`` `residue` for those that are left.
    func proveNoResidue(
        _ tree: FilePath,
        _ plan: SanitizePlan,
        _ isInterrupted: () -> Bool
    ) throws -> ResidueCheck.Proof {
        let written = try Deployment(root: tree)
        let check = ResidueCheck(values: plan.values, kept: plan.keeping.values)
        var proof = check.emptyProof
        var residues: [ResidueCheck.Residue] = []
        var paths = written.entries.filter { !$0.isLink }.map(\.path)[...]
        while !paths.isEmpty {
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            let batch = Array(paths.prefix(Self.searchedAtATime))
            paths = paths.dropFirst(Self.searchedAtATime)
            let results = batch.concurrentMap { path -> Result<ResidueCheck.Reading, CollectingError> in
                do throws(CollectingError) {
                    let contents = try written.contents(of: path)
                    let isOwn = path == ParameterFile.name
                    return .success(
                        check.reading(path: path, contents: isOwn ? ParameterFile.withoutOwnWords(contents) : contents)
                    )
                } catch {
                    return .failure(error)
                }
            }
            for result in results {
                let reading = try result.get()
                proof.add(reading)
                residues += reading.residues
                if let gap = reading.gap {
                    throw SanitizingError(
                        .residue,
                        at: reading.path,
                        "what was written cannot be looked through: \(gap); nothing was written"
                    )
                }
            }
        }
        guard residues.isEmpty else { throw SanitizingError(residues, of: plan.values) }
        return proof
    }

    /// Scans what was written, from the disk.
    func scanAgain(_ tree: FilePath, _ plan: SanitizePlan, _ isInterrupted: () -> Bool) throws -> SecondScan {
        let files = DeploymentSource(try Deployment(root: tree))
        var findings: [Finding] = []
        try scan.following(plan.keeping.sourcePaths).scan(files) { text in
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            findings += text.findings
        }
        if let failure = files.failures.first { throw failure }
        return SecondScan(fileCount: files.readCount, findings: findings)
    }
}

extension SanitizingError {
    /// How many places are named of those where a value is left.
    private static let namedPlaces = 8

    /// What is left of values, of which there is one at least.
    fileprivate init(_ residues: [ResidueCheck.Residue], of values: [ResidueCheck.Value]) {
        let named = residues.prefix(Self.namedPlaces).enumerated().map { number, residue in
            let rule = values[residue.value].rule.map { " that the rule \($0) finds" } ?? ""
            let line = residue.line > 0 ? " in line \(residue.line)" : ""
            let file = number == 0 || residue.path == residues[0].path ? "" : " of \(residue.path)"
            return "a value of kind \(residue.label)\(rule) is left\(line)\(file), \(residue.form)"
        }
        let others = residues.count - named.count
        let more = others > 0 ? ["\(others) more are left"] : []
        self.init(
            .residue,
            at: residues.first?.path,
            (named + more + ["nothing was written"]).joined(separator: "; ")
        )
    }
}
