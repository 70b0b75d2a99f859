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
        let reading: DeploymentReading
        /// All files, those of ``unread`` without their contents.
        let documents: [String: Document]
        /// The files whose contents stay as they are, and were not kept.
        let unread: Set<String>
        let rereading: FileRereading
        /// Which files are archives, and which are in one.
        let packed: PackedFiles
        /// The map of the last run.
        let lastMap: SealedMap?
        /// The files that are left out since they could not be proved clean, and why, by the paths of the originals.
        let unproved: [String: String]

        var deployment: Deployment { reading.deployment }
    }

    /// What was done.
    public struct Outcome: Sendable {
        /// The parameters of the sanitized tree, and what was left out of it.
        public var parameters: ParameterFile
        /// What the residue check proved.
        public var proof: ResidueCheck.Proof
        /// How many files a second scan read without finding anything.
        public var rescannedFiles: Int
        /// How many values were found only by a scan of a tree that was sanitized already, and were then replaced, too.
        public var lateValues: Int
        /// What was carried out: what was given, or where there are such values, what was planned with them.
        public var preparation: Preparation
        /// What the sealed map cannot give back; nil where none is kept.
        public var absent: [SealedMap.Absent]?

        /// The files that are left out since they could not be proved clean, and why.
        public var unproved: [ParameterFile.Omission] {
            let reasons = Set(preparation.unproved.values)
            return preparation.plan.omissions.filter { reasons.contains($0.reason) }
        }
    }

    /// The folder of the deployment; it is only read.
    public var source: FilePath
    /// The folder that is made.
    public var output: FilePath
    /// Whether an output that exists may be replaced.
    public var replacesOutput: Bool
    /// The sealed map of the deployment; nil to keep none.
    public var map: SealedMapFile?
    /// Whether a file is left out of which it cannot be proved that it is clean; otherwise nothing is written.
    public var leavesOutUnproved = false
    private(set) var scan: Scan
    /// How many bytes are kept in memory of the files with something to change; further ones are read again.
    var keptSize = PlanDocuments.keptSize
    /// How often a tree is sanitized anew because a scan of it finds a value.
    private static let roundLimit = 4

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
        try OutputFolder.check(output, outside: [source], replacing: replacesOutput)
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
        return try prepare(DeploymentReading(try Deployment(root: source), scan: scan), lastMap: lastMap)
    }

    /// Plans for a deployment that was read.
    ///
    /// - Parameters:
    ///   - reading: the deployment.
    ///   - lastMap: the map of the last run.
    ///   - unproved: why some files are left out that could not be proved clean.
    /// - Returns: the plan, and what it was made from.
    /// - Throws: as ``prepare()`` does.
    func prepare(
        _ reading: DeploymentReading,
        lastMap: SealedMap?,
        unproved: [String: String] = [:]
    ) throws -> Preparation {
        let deployment = reading.deployment
        let scanned = try reading.scanned(by: scan, wholePaths: try Self.editedPaths(of: deployment))
        let files = try PlanDocuments(reading.readDeployment, toRead: scanned.toRead, keptSize: keptSize)
        let documents = files.documents
        let result = scanned.result(for: documents + reading.names, packed: files.packed)
        let sanitizer = Sanitizer(policy: scan.policy, generator: try Rules.generators())
        let plan = try sanitizer.plan(
            documents: documents + reading.names,
            scan: result,
            packed: files.packed,
            leftOut: reading.leftOut.merging(unproved) { first, _ in first },
            known: lastMap?.values ?? [],
            spelling: reading.spelling
        )
        let report = Scan.Report(
            result: result,
            fileCount: documents.count { files.packed.container(of: $0.path) == nil },
            byteCount: reading.byteCount,
            notes: Scan.notes(of: documents),
            skipped: deployment.skipped,
            failures: []
        )
        if let failure = files.rereading.failure { throw failure }
        let byPath = Dictionary(uniqueKeysWithValues: documents.map { ($0.path, $0) })
        return Preparation(
            report: report,
            plan: plan,
            copiedLinks: reading.copiedLinks,
            policyNotes: scan.policy.notes(on: result, plan: plan, paths: documents.map(\.path)),
            policy: scan.policy,
            reading: reading,
            documents: byPath,
            unread: files.unread,
            rereading: files.rereading,
            packed: files.packed,
            lastMap: lastMap,
            unproved: unproved
        )
    }

    /// Writes the sanitized tree, proves that it is clean, and only then puts it in place.
    ///
    /// What a scan of the sanitized tree finds, because it can be seen only there, is taken in, and all is planned and written
    /// anew; so it is without the files that cannot be proved clean, where these are left out.
    ///
    /// - Parameters:
    ///   - preparation: what ``prepare()`` planned.
    ///   - time: when it is done, in seconds since 1970, for the values that the sealed map does not know yet.
    ///   - isInterrupted: asked before each file.
    /// - Returns: what was done, and what was proved.
    /// - Throws: ``SanitizingError`` `residue` where a value is left, and `found` where the scan goes on finding something
    ///   or takes a stand-in for a value; ``KitError`` `interrupted`; ``CollectingError``. No output remains then.
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
        var workflow = self
        var preparation = preparation
        var late = LateValues()
        var earlier: Written?
        var reading = preparation.reading.first
        let folder = try OutputFolder(at: output, outside: [source], replacing: replacesOutput)
        while true {
            let written = try workflow.write(
                preparation,
                into: folder,
                after: earlier,
                isInterrupted: isInterrupted
            )
            let second = try workflow.scanAgain(
                folder.stagingPath,
                preparation.plan,
                knowing: reading,
                isInterrupted
            )
            reading = second.reading
            var unproved = written.unproved
            let round = try late.add(
                second,
                scan: workflow.scan,
                preparation: preparation,
                parameters: written.parameters,
                isLast: late.rounds == Self.roundLimit
            )
            unproved += round.unproved
            var proof: ResidueCheck.Proof?
            // What a scan finds again although it was to be replaced is what the check is there for.
            if unproved.isEmpty, !round.isNew || round.hasKnownValues {
                let check = try workflow.proveNoResidue(folder.stagingPath, preparation.plan, isInterrupted)
                unproved += check.unproved
                proof = check.proof
            }
            if !unproved.isEmpty, !leavesOutUnproved, let error = UnprovedFile.error(for: unproved) { throw error }
            if round.isNew || !unproved.isEmpty {
                let reasons = Dictionary(unproved.map { ($0.source, $0.reason) }) { first, _ in first }
                earlier = written
                workflow.scan = scan.seeking(late.values)
                preparation = try workflow.prepare(
                    preparation.reading,
                    lastMap: preparation.lastMap,
                    unproved: preparation.unproved.merging(reasons) { first, _ in first }
                )
                continue
            }
            guard let proof else { preconditionFailure("what has no more to find is proved") }
            let sealed = try map.map { ($0, try workflow.seal(preparation, files: written.files, time: time, for: $0)) }
            // The map is on the disk before the output stands, and takes the place of the last one only behind it:
            // whichever of the two outputs is there after a crash, the map that restores it is there as well.
            let staged = try sealed.map { file, map in
                StagedMap(file: file, place: try file.stage(map.map, to: map.recipients))
            }
            // Where this fails the staged map stays: which of the outputs stands is not known for sure, and it is one more
            // map that can be read.
            let left = try folder.commitAndTell()
            if let left {
                try staged?.publish()
                throw left
            }
            let outcome = Outcome(
                parameters: written.parameters,
                proof: proof,
                rescannedFiles: second.fileCount,
                lateValues: late.values.count,
                preparation: preparation,
                absent: sealed.map(\.1.map.absent)
            )
            return (outcome, staged)
        }
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
}

extension Sanitize.Preparation {
    /// The original of a file that the plan names.
    ///
    /// - Throws: ``CollectingError`` where it cannot be read a second time.
    func original(of file: SanitizePlan.File) throws(CollectingError) -> Document {
        guard let document = documents[file.source] else {
            preconditionFailure("a plan names the files that it was made from")
        }
        guard unread.contains(file.source) else {
            guard document.isReleased else { return document }
            let bytes = document.bytes
            if let failure = rereading.failure { throw failure }
            // What is to be known of its structure is in the plan.
            return Document(unreadAt: file.source, bytes: bytes)
        }
        let outermost = packed.outermost(of: file.source)
        let bytes = try deployment.contents(of: outermost)
        guard outermost != file.source else { return Document(unreadAt: file.source, bytes: bytes) }
        guard let bytes = ArchiveRewriting.contents(of: file.source, in: outermost, bytes) else {
            throw CollectingError(.unreadable, at: file.source, "it is not in its archive any more")
        }
        return Document(unreadAt: file.source, bytes: bytes)
    }

    /// Whether the structure of an original is at hand.
    func holds(_ original: Document) -> Bool {
        !unread.contains(original.path) && documents[original.path]?.isReleased == false
    }

    /// The original of a file in an archive, of which the bytes are at hand.
    func original(of file: SanitizePlan.File, bytes: [UInt8]) -> Document {
        guard !unread.contains(file.source), let document = documents[file.source] else {
            return Document(unreadAt: file.source, bytes: bytes)
        }
        return document
    }
}
