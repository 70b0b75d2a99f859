internal import Collecting
internal import Detecting
internal import Sanitizing
internal import SystemPackage

extension Sanitize {
    /// The result of a scan of the sanitized tree.
    struct SecondScan {
        /// The number of files read.
        var fileCount: Int
        /// The findings; those of a file follow one another.
        var findings: [Finding]
        /// The value of each finding.
        var values: [KnownValue]
        /// The findings of the rules in the files.
        var reading: Scanner.FirstReading
    }

    /// The number of files searched between two checks for an interruption.
    private static let searchedAtATime = 64

    /// Reads the written files from disk, and searches them for every value.
    ///
    /// - Returns: the proof, and the files in which a value is left.
    /// - Throws: ``SanitizingError`` `residue` if a value is left in a path or in `parameters.json`.
    func proveNoResidue(
        _ tree: FilePath,
        _ plan: SanitizePlan,
        _ isInterrupted: () -> Bool
    ) throws -> (proof: ResidueCheck.Proof, unproved: [UnprovedFile]) {
        let sources = Dictionary(plan.files.map { ($0.path, $0.source) }) { first, _ in first }
        var unproved: [UnprovedFile] = []
        let written = try Deployment(root: tree)
        let check = ResidueCheck(values: plan.values, kept: plan.keeping.values)
        var proof = check.emptyProof
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
                guard let error = SanitizingError(reading, of: plan.values) else { continue }
                // Leaving out a file does not help if its path holds a value, because the path would then be listed.
                guard let source = sources[reading.path],
                    check.reading(path: reading.path, contents: []).residues.isEmpty
                else { throw error.endingTheRun }
                let isPublicKey = KeyMaterialFile.isPublicOpenPGP(try written.contents(of: reading.path))
                unproved.append(UnprovedFile(source: source, error: error, isPublicKey: isPublicKey))
            }
        }
        return (proof, unproved)
    }

    /// Reads the written files from disk, and scans them.
    ///
    /// - Parameters:
    ///   - tree: the folder.
    ///   - plan: the plan that was carried out.
    ///   - earlier: the findings of the rules in the originals or in the output of an earlier round; unchanged files
    ///     are not searched again.
    ///   - isInterrupted: called before each file.
    /// - Returns: the findings.
    /// - Throws: ``CollectingError``; ``KitError`` `interrupted`.
    func scanAgain(
        _ tree: FilePath,
        _ plan: SanitizePlan,
        knowing earlier: Scanner.FirstReading,
        _ isInterrupted: () -> Bool
    ) throws -> SecondScan {
        let files = DeploymentSource(try Deployment(root: tree))
        let scan = scan.following(plan.keeping.sourcePaths)
        let reading = scan.firstReading(of: files, knowing: earlier)
        var findings: [Finding] = []
        var indices: [Int] = []
        let values = try scan.scan(files, after: reading) { text in
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            findings += text.findings
            indices += text.valueIndices
        }
        if let failure = files.failures.first { throw failure }
        return SecondScan(
            fileCount: files.readCount,
            findings: findings,
            values: indices.map { values.all[$0] },
            reading: reading
        )
    }
}

extension SanitizingError {
    /// Describes the residue in a file, or why it could not be determined; nil if there is none.
    fileprivate init?(_ reading: ResidueCheck.Reading, of values: [ResidueCheck.Value]) {
        if let residue = reading.residues.first {
            let rule = values[residue.value].rule.map { " (found by rule \($0))" } ?? ""
            let line = residue.line > 0 ? " in line \(residue.line)" : ""
            let others = reading.residues.count > 1 ? ", and \(reading.residues.count - 1) more" : ""
            self.init(
                .residue,
                at: residue.path,
                "a value of kind \(residue.label) is left\(line), \(residue.form)\(rule)\(others)"
            )
        } else if let gap = reading.gap {
            self.init(
                .residue,
                at: reading.path,
                "the output cannot be searched completely: \(gap)"
            )
        } else {
            return nil
        }
    }
}
