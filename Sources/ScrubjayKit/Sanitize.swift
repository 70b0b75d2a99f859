internal import Collecting
internal import Detecting
internal import Documents
public import Sanitizing
public import SystemPackage

/// Rewrites a deployment so that it can be published: every sensitive value is replaced, and the proof is run on what was
/// written before anybody sees it.
public struct Sanitize: Sendable {
    /// What is going to change.
    public struct Preparation: Sendable {
        /// What the scan of the originals says.
        public var report: Scan.Report
        /// The plan.
        public var plan: SanitizePlan
        /// The links that are written as copies of the files that they lead to.
        public var copiedLinks: [String]
        /// What the policy says that does not hold.
        public var policyNotes: [Scan.Note]

        let policy: PolicyFile
        let deployment: Deployment
        /// All files, those of ``unread`` without their contents.
        let documents: [String: Document]
        /// The files whose contents stay as they are, and were not kept.
        let unread: Set<String>
        /// The map of the last run.
        let lastMap: SealedMap?
    }

    /// What was done.
    public struct Outcome: Sendable {
        /// The parameters of the sanitized tree, and what was left out of it.
        public var parameters: ParameterFile
        /// What the residue check proved.
        public var proof: ResidueCheck.Proof
        /// How many files a second scan read without finding anything.
        public var rescannedFiles: Int
        /// What the sealed map cannot give back; nil where none is kept.
        public var absent: [SealedMap.Absent]?
    }

    /// The folder of the deployment; it is only read.
    public var source: FilePath
    /// The folder that is made.
    public var output: FilePath
    /// Whether an output that exists may be replaced.
    public var replacesOutput: Bool
    /// The sealed map of the deployment; nil to keep none.
    public var map: SealedMapFile?
    private let scan: Scan

    /// Makes the workflow; nothing is read yet.
    ///
    /// The scan is one with the policy of `source`.
    public init(
        source: FilePath,
        output: FilePath,
        replacesOutput: Bool = false,
        map: SealedMapFile? = nil,
        scan: Scan
    ) {
        self.source = source
        self.output = output
        self.replacesOutput = replacesOutput
        self.map = map
        self.scan = scan
    }

    /// Refuses an output or a map that cannot be made, before the work is done.
    ///
    /// - Throws: ``CollectingError``; ``KitError`` `refused`.
    public func checkOutput() throws {
        try map?.check(outside: [source, output])
        // Dropped at once, which leaves nothing behind.
        _ = try OutputFolder(at: output, outside: [source], replacing: replacesOutput)
    }

    /// Reads the deployment and plans.
    ///
    /// - Throws: ``CollectingError`` for the first file that cannot be read; ``PolicyError``; ``KitError`` `unsuitable`
    ///   where the deployment's policy is not the one of the scan; ``SanitizingError``.
    public func prepare() throws -> Preparation {
        try prepare(with: PolicyFile(of: source))
    }

    /// Reads the deployment and plans, where its policy is `policy`.
    func prepare(with policy: PolicyFile) throws -> Preparation {
        // Read before all else: a map that cannot be opened is to be known before the work is done.
        let lastMap = try map?.read()
        _ = try map?.nextRecipients(after: lastMap)
        guard policy == scan.policy else {
            throw KitError(.unsuitable, "the scan was made by another '\(PolicyFile.name)' than the deployment has")
        }
        let deployment = try Deployment(root: source)
        let files = try PlanDocuments(deployment, scan: scan, wholePaths: try Self.editedPaths(of: deployment))
        let documents = files.documents
        // What is no file has a name, which is scanned like the others, and is left out.
        var leftOut: [String: String] = [:]
        for skipped in deployment.skipped { leftOut[skipped.path] = skipped.reason }
        let links = deployment.entries.filter(\.isLink)
        for link in links where deployment.file(behind: link) == nil {
            leftOut[link.path] = "a link that leads to no file of the deployment"
        }
        let names = leftOut.keys.sorted().map { Document(path: $0, bytes: []) }
        let result = scan.scan(documents + names)
        let sanitizer = Sanitizer(policy: scan.policy, generator: try Rules.generators())
        let plan = try sanitizer.plan(
            documents: documents + names,
            scan: result,
            leftOut: leftOut,
            known: lastMap?.values ?? []
        )
        let report = Scan.Report(
            result: result,
            fileCount: documents.count,
            byteCount: files.byteCount,
            notes: Scan.notes(of: documents),
            skipped: deployment.skipped,
            failures: []
        )
        let byPath = Dictionary(uniqueKeysWithValues: documents.map { ($0.path, $0) })
        return Preparation(
            report: report,
            plan: plan,
            copiedLinks: links.map(\.path).filter { leftOut[$0] == nil },
            policyNotes: scan.policy.notes(on: result, plan: plan, paths: documents.map(\.path)),
            policy: scan.policy,
            deployment: deployment,
            documents: byPath,
            unread: files.unread,
            lastMap: lastMap
        )
    }

    /// Writes the sanitized tree, proves that it is clean, and only then puts it in place.
    ///
    /// - Parameters:
    ///   - preparation: what ``prepare()`` planned.
    ///   - time: when it is done, in seconds since 1970, for the values that the sealed map does not know yet.
    ///   - isInterrupted: asked before each file.
    /// - Returns: what was done, and what was proved.
    /// - Throws: ``SanitizingError`` `residue` or `found` where the proof fails; ``KitError`` `interrupted`;
    ///   ``CollectingError``. No output remains then.
    public func apply(
        _ preparation: Preparation,
        time: Int = 0,
        isInterrupted: () -> Bool = { false }
    ) throws -> Outcome {
        let folder = try OutputFolder(at: output, outside: [source], replacing: replacesOutput)
        let (parameters, files) = try write(preparation, into: folder, isInterrupted: isInterrupted)
        let (proof, rescanned) = try prove(folder.stagingPath, plan: preparation.plan, isInterrupted: isInterrupted)
        let sealed = try map.map { ($0, try seal(preparation, files: files, time: time, for: $0)) }
        // The map is on the disk before the output stands, and takes the place of the last one only behind it: whichever
        // of the two outputs is there after a crash, the map that restores it is there as well.
        let staged = try sealed.map { file, map in try file.stage(map.map, to: map.recipients) }
        // Where this fails the staged map stays: which of the outputs stands is not known for sure, and it is one more map
        // that can be read.
        try folder.commit()
        if let staged { try sealed?.0.publish(staged) }
        return Outcome(
            parameters: parameters,
            proof: proof,
            rescannedFiles: rescanned,
            absent: sealed.map(\.1.map.absent)
        )
    }

    // MARK: - Steps

    /// The files that hold stand-ins of an earlier run, whose places are written down again.
    private static func editedPaths(of deployment: Deployment) throws(CollectingError) -> Set<String> {
        guard deployment.entries.contains(where: { $0.path == ParameterFile.name && !$0.isLink }) else { return [] }
        let bytes = try deployment.contents(of: ParameterFile.name)
        // One that cannot be read is refused when the plan is made.
        guard let file = try? ParameterFile(parsing: bytes) else { return [ParameterFile.name] }
        return Set(file.parameters.flatMap(\.places).map(\.path)).union([ParameterFile.name])
    }

    private func write(
        _ preparation: Preparation,
        into folder: borrowing OutputFolder,
        isInterrupted: () -> Bool
    ) throws -> (parameters: ParameterFile, files: [SealedMap.File]) {
        let plan = preparation.plan
        let executables = preparation.deployment.executables
        var places: [(place: Parameter.Place, parameter: Int)] = []
        var files: [SealedMap.File] = []
        let links = preparation.deployment.linkTargets
        let values = plan.values.map { String(decoding: $0.bytes, as: UTF8.self).lowercased() }
        let formCheck = FormCheck { part in
            let part = part.lowercased()
            return values.contains { part.contains($0) }
        }
        for file in plan.files {
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            let original = try preparation.original(of: file)
            let result = try plan.apply(file, to: original)
            if !file.edits.isEmpty { try Self.check(result, of: original, by: formCheck) }
            places += result.places
            let isExecutable = executables.contains(file.source)
            try folder.write(result.bytes, to: result.path, isPrivate: false, isExecutable: isExecutable)
            guard map != nil else { continue }
            files.append(
                try SealedMap.File(
                    file,
                    result: result,
                    original: original.bytes,
                    plan: plan,
                    isExecutable: isExecutable,
                    link: links[file.source]
                )
            )
        }
        let parameters = plan.parameterFile(places: places)
        try folder.write(parameters.serialized(), to: ParameterFile.name, isPrivate: false)
        return (parameters, files)
    }

    /// Refuses a file that reads in another way than its original does.
    private static func check(
        _ result: SanitizePlan.Result,
        of original: Document,
        by check: FormCheck
    ) throws(SanitizingError) {
        // Of the original's path, since a new name must not decide how the contents are read.
        let written = Document(path: original.path, bytes: result.bytes)
        guard let difference = check.difference(from: original, to: written) else { return }
        let line = difference.line.map { " in line \($0)" } ?? ""
        throw SanitizingError(
            .malformed,
            at: result.path,
            "the sanitized file would not read as the original does\(line): \(difference.what); nothing was written"
        )
    }

    /// Reads what was written, from the disk, and looks for every value and for anything new.
    private func prove(
        _ tree: FilePath,
        plan: SanitizePlan,
        isInterrupted: () -> Bool
    ) throws -> (proof: ResidueCheck.Proof, rescanned: Int) {
        let written = try Deployment(root: tree)
        let check = ResidueCheck(values: plan.values, kept: plan.keeping.values)
        var proof = check.emptyProof
        for entry in written.entries {
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            guard case .file = entry.content else { continue }
            let bytes = try written.contents(of: entry.path)
            if let residue = check.check(path: entry.path, contents: bytes, proof: &proof).first {
                let line = residue.line > 0 ? " in line \(residue.line)" : ""
                throw SanitizingError(
                    .residue,
                    at: entry.path,
                    "a value of kind \(residue.label) is left\(line), \(residue.form); nothing was written"
                )
            }
        }
        let files = DeploymentSource(written)
        try scan.following(plan.keeping.sourcePaths).scan(files) { text in
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            guard let finding = text.findings.first else { return }
            throw SanitizingError(
                .found,
                at: finding.path,
                "a scan of the sanitized tree finds something in line \(finding.line) by the rule \(finding.rule); "
                    + "nothing was written"
            )
        }
        if let failure = files.failures.first { throw failure }
        return (proof, files.readCount)
    }
}

extension Sanitize.Preparation {
    /// The original of a file that the plan names.
    ///
    /// - Throws: ``CollectingError`` where it cannot be read a second time.
    func original(of file: SanitizePlan.File) throws(CollectingError) -> Document {
        guard let document = documents[file.source] else {
            preconditionFailure("a plan names the files that it was made from")
        }
        return unread.contains(file.source)
            ? Document(unreadAt: file.source, bytes: try deployment.contents(of: file.source)) : document
    }
}
