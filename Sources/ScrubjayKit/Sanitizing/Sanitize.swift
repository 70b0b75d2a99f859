internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing
public import SystemPackage

/// Rewrites a deployment for publication: replaces every sensitive value, and proves the written files clean before
/// they appear.
public struct Sanitize: Sendable {
    /// The folder of the deployment; it is only read.
    public var source: FilePath
    /// The output folder.
    public var output: FilePath
    /// Whether an existing output may be replaced.
    public var replacesOutput: Bool
    /// The sealed map of the deployment; nil for none.
    public var map: SealedMapFile?
    /// Whether files that cannot be proved clean are left out; otherwise nothing is written.
    public var leavesOutUnproved = false
    var scan: Scan
    /// The number of bytes of changed files that are kept in memory; other files are read again.
    var keptSize = PlanDocuments.keptSize

    /// Configures the workflow; nothing is read yet.
    ///
    /// The scan must use the policy of `source`.
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

    /// Refuses an output or a map that cannot be made, before any work is done.
    ///
    /// - Throws: ``CollectingError``; ``KitError`` `refused`.
    public func checkOutput() throws {
        try map?.check(outside: [source, output])
        try OutputFolder.check(output, outside: [source], replacing: replacesOutput)
    }

    /// Reads the deployment and makes the plan.
    ///
    /// - Throws: ``CollectingError`` for the first file that cannot be read; ``PolicyError``; ``KitError`` `unsuitable`
    ///   if the deployment's policy is not the scan's; ``SanitizingError``.
    public func prepare() throws -> Preparation {
        try prepare(with: PolicyFile(of: source))
    }

    /// Reads the deployment and makes the plan with a policy.
    func prepare(with policy: PolicyFile) throws -> Preparation {
        // Read first, so that a map that cannot be opened is reported before any work is done.
        let lastMap = try map?.read()
        _ = try map?.nextRecipients(after: lastMap)
        guard policy == scan.policy else {
            throw KitError(.unsuitable, "the scan used a different '\(PolicyFile.name)' from the deployment's")
        }
        // An entry whose name cannot be written down is left out, and listed.
        let deployment = try Deployment(root: source, skipping: .names)
        guard !deployment.entries.isEmpty else {
            throw KitError(.unsuitable, "\(source): it contains no file that can be sanitized")
        }
        var workflow = self
        // A value of the last run does not become public because its setting has another value now.
        workflow.scan = scan.remembering(lastMap)
        let reading = try DeploymentReading(deployment, scan: workflow.scan)
        return try workflow.prepare(workflow.search(reading), lastMap: lastMap, known: lastMap?.values ?? [])
    }

    /// Searches a deployment that has been read, with the rules and for the scan's values.
    ///
    /// - Parameters:
    ///   - reading: the deployment.
    ///   - earlier: the same deployment searched for other values, whose files in memory are used again.
    /// - Returns: the findings, and the files that a plan needs.
    /// - Throws: ``CollectingError`` for the first file that cannot be read.
    func search(
        _ reading: DeploymentReading,
        after earlier: SearchedDeployment? = nil
    ) throws(CollectingError) -> SearchedDeployment {
        let edited = try Self.editedPaths(of: reading.deployment)
        return try SearchedDeployment(reading, scan: scan, wholePaths: edited, keptSize: keptSize, after: earlier)
    }

    /// Makes the plan for a deployment that has been searched.
    ///
    /// - Parameters:
    ///   - searched: the deployment, and the findings in it.
    ///   - lastMap: the map of the last run.
    ///   - known: the values that keep their stand-ins: those of the map, and those of the plan that this one replaces.
    ///   - unproved: the reasons for leaving out files that could not be proved clean.
    /// - Returns: the plan, and what it was made from.
    /// - Throws: as ``prepare()`` does.
    func prepare(
        _ searched: SearchedDeployment,
        lastMap: SealedMap?,
        known: [SealedMap.Value],
        unproved: [String: String] = [:]
    ) throws -> Preparation {
        let reading = searched.reading
        let sanitizer = Sanitizer(policy: scan.policy, generator: try Rules.generators())
        let plan = try sanitizer.plan(
            documents: searched.documents,
            scan: searched.result,
            packed: searched.files.packed,
            leftOut: reading.leftOut.merging(unproved) { first, _ in first },
            known: known,
            spelling: reading.spelling
        )
        if let failure = searched.files.rereading.failure { throw failure }
        let paths = searched.files.documents.map(\.path)
        return Preparation(
            report: searched.report,
            plan: plan,
            copiedLinks: reading.copiedLinks,
            policyNotes: scan.policy.notes(on: searched.result, plan: plan, paths: paths),
            policy: scan.policy,
            searched: searched,
            lastMap: lastMap,
            known: known,
            scan: scan,
            unproved: unproved
        )
    }

    /// Writes the sanitized tree, proves that it is clean, and only then puts it in place.
    ///
    /// If a scan reveals values that are visible only in the sanitized tree, they are added, and the tree is planned
    /// and written again. The same happens without the files that cannot be proved clean, if such files are to be left
    /// out.
    ///
    /// - Parameters:
    ///   - preparation: the result of ``prepare()``.
    ///   - time: the current time in seconds since 1970, recorded for values that are new to the sealed map.
    ///   - isInterrupted: asked before each file.
    /// - Returns: the result, with its proofs.
    /// - Throws: ``SanitizingError`` `residue` if a value is left, and `found` if the scan keeps finding something or
    ///   mistakes a stand-in for a value; ``KitError`` `interrupted`; ``CollectingError``. No output remains then.
    public func apply(
        _ preparation: Preparation,
        time: Int,
        isInterrupted: () -> Bool = { false }
    ) throws -> Outcome {
        let (outcome, map) = try applyStagingMap(preparation, time: time, isInterrupted: isInterrupted)
        try map?.publish()
        return outcome
    }

    /// Does what ``apply(_:time:isInterrupted:)`` does, and leaves the new map beside the last one.
    func applyStagingMap(
        _ preparation: Preparation,
        time: Int,
        isInterrupted: () -> Bool
    ) throws -> (outcome: Outcome, map: StagedMap?) {
        let folder = try OutputFolder(at: output, outside: [source], replacing: replacesOutput)
        var rounds = SanitizeRounds(self, preparation, time: time)
        let proved = try rounds.untilProved(in: folder, isInterrupted: isInterrupted)
        let sealed = try map.map {
            ($0, try rounds.workflow.seal(proved.preparation, files: proved.written.files, time: time, for: $0))
        }
        // The map is on disk before the output appears, and replaces the last map only afterwards. Whichever output
        // exists after a crash, the map that restores it exists as well.
        let staged = try sealed.map { file, map in
            StagedMap(file: file, place: try file.stage(map.map, to: map.recipients))
        }
        // If this fails, the staged map stays: it is uncertain which output exists, and an additional map does no harm.
        if let left = try folder.commitAndTell() {
            try staged?.publish()
            throw left
        }
        let outcome = Outcome(
            parameters: proved.written.parameters,
            proof: proved.proof,
            rescannedFiles: proved.rescannedFiles,
            lateValues: rounds.lateValueCount,
            preparation: proved.preparation,
            absent: sealed.map(\.1.map.absent)
        )
        return (outcome, staged)
    }

    // MARK: - Steps

    /// Returns the files with stand-ins of an earlier run, whose places are recorded again.
    private static func editedPaths(of deployment: Deployment) throws(CollectingError) -> Set<String> {
        guard deployment.entries.contains(where: { $0.path == ParameterFile.name && !$0.isLink }) else { return [] }
        let bytes = try deployment.contents(of: ParameterFile.name)
        // A malformed list is refused when the plan is made.
        guard let file = try? ParameterFile(parsing: bytes) else { return [ParameterFile.name] }
        return Set(file.parameters.flatMap(\.places).map(\.path)).union([ParameterFile.name])
    }
}
