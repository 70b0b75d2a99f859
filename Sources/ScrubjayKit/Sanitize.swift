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
        let rereading: FileRereading
        /// Which files are archives, and which are in one.
        let packed: PackedFiles
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
        /// How many values were found only by a scan of a tree that was sanitized already, and were then replaced, too.
        public var lateValues: Int
        /// What was carried out: what was given, or where there are such values, what was planned with them.
        public var preparation: Preparation
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
        // What is no file has a name, which is scanned like the others, and is left out.
        var leftOut: [String: String] = [:]
        for skipped in deployment.skipped { leftOut[skipped.path] = skipped.reason }
        let links = deployment.entries.filter(\.isLink)
        for link in links where deployment.file(behind: link) == nil {
            leftOut[link.path] = "a link that leads to no file of the deployment"
        }
        let names = leftOut.keys.sorted().map { Document(path: $0, bytes: []) }
        let (files, result) = try read(deployment, names: names)
        let documents = files.documents
        let sanitizer = Sanitizer(policy: scan.policy, generator: try Rules.generators())
        let plan = try sanitizer.plan(
            documents: documents + names,
            scan: result,
            packed: files.packed,
            leftOut: leftOut,
            known: lastMap?.values ?? []
        )
        let report = Scan.Report(
            result: result,
            fileCount: documents.count { files.packed.container(of: $0.path) == nil },
            byteCount: files.byteCount,
            notes: Scan.notes(of: documents),
            skipped: deployment.skipped,
            failures: []
        )
        if let failure = files.rereading.failure { throw failure }
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
            rereading: files.rereading,
            packed: files.packed,
            lastMap: lastMap
        )
    }

    /// Writes the sanitized tree, proves that it is clean, and only then puts it in place.
    ///
    /// What a scan of the sanitized tree finds, because it can be seen only there, is taken in, and all is planned and written
    /// anew.
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
        time: Int = 0,
        isInterrupted: () -> Bool = { false }
    ) throws -> Outcome {
        var workflow = self
        var preparation = preparation
        var late = LateValues()
        while true {
            let folder = try OutputFolder(at: output, outside: [source], replacing: replacesOutput)
            let (parameters, files) = try workflow.write(preparation, into: folder, isInterrupted: isInterrupted)
            let proof = try workflow.proveNoResidue(folder.stagingPath, preparation.plan, isInterrupted)
            let second = try workflow.scanAgain(folder.stagingPath, preparation.plan, isInterrupted)
            guard second.findings.isEmpty else {
                let isLast = late.rounds == Self.roundLimit
                try late.add(
                    second,
                    scan: workflow.scan,
                    preparation: preparation,
                    parameters: parameters,
                    isLast: isLast
                )
                workflow.scan = scan.seeking(late.values)
                preparation = try workflow.prepare(with: preparation.policy)
                continue
            }
            let sealed = try map.map { ($0, try workflow.seal(preparation, files: files, time: time, for: $0)) }
            // The map is on the disk before the output stands, and takes the place of the last one only behind it:
            // whichever of the two outputs is there after a crash, the map that restores it is there as well.
            let staged = try sealed.map { file, map in try file.stage(map.map, to: map.recipients) }
            // Where this fails the staged map stays: which of the outputs stands is not known for sure, and it is one more
            // map that can be read.
            try folder.commit()
            if let staged { try sealed?.0.publish(staged) }
            return Outcome(
                parameters: parameters,
                proof: proof,
                rescannedFiles: second.fileCount,
                lateValues: late.values.count,
                preparation: preparation,
                absent: sealed.map(\.1.map.absent)
            )
        }
    }

    // MARK: - Steps

    /// Reads the files with something to change, and scans them.
    ///
    /// A value that only the structure of a file shows may stand in a file of which nothing was read: it is looked for
    /// there, and what holds it is read as well.
    private func read(
        _ deployment: Deployment,
        names: [Document]
    ) throws(CollectingError) -> (PlanDocuments, ScanResult) {
        let edited = try Self.editedPaths(of: deployment)
        var files = try PlanDocuments(deployment, scan: scan, wholePaths: edited, keptSize: keptSize)
        var sought: Set<KnownValue> = []
        while true {
            let result = scan.seeking(Self.ordered(sought)).scan(files.documents + names)
            let unknown = files.unknownValues(in: result).subtracting(sought)
            sought.formUnion(unknown)
            guard !unknown.isEmpty, try files.readFurther(scan.seekingAlone(Self.ordered(unknown))) else {
                return (files, result)
            }
        }
    }

    private static func ordered(_ values: Set<KnownValue>) -> [KnownValue] {
        values.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

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
            let document = document.loaded()
            if let failure = rereading.failure { throw failure }
            return document
        }
        let outermost = packed.outermost(of: file.source)
        let bytes = try deployment.contents(of: outermost)
        guard outermost != file.source else { return Document(unreadAt: file.source, bytes: bytes) }
        guard let bytes = ArchiveRewriting.contents(of: file.source, in: outermost, bytes) else {
            throw CollectingError(.unreadable, at: file.source, "it is not in its archive any more")
        }
        return Document(unreadAt: file.source, bytes: bytes)
    }

    /// The original of a file in an archive, of which the bytes are at hand.
    func original(of file: SanitizePlan.File, bytes: [UInt8]) -> Document {
        guard !unread.contains(file.source), let document = documents[file.source] else {
            return Document(unreadAt: file.source, bytes: bytes)
        }
        return document
    }
}
