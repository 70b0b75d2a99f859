internal import Collecting
internal import Detecting
internal import Sanitizing

/// Writes a sanitized tree again and again, until a scan and the residue check find nothing in it.
struct SanitizeRounds {
    /// A tree in which nothing more is found.
    struct Proved {
        /// The plan that was carried out.
        var preparation: Sanitize.Preparation
        /// The files that were written.
        var written: Sanitize.Written
        /// The proof of the residue check.
        var proof: ResidueCheck.Proof
        /// The number of files that the scan read.
        var rescannedFiles: Int
    }

    /// The maximum number of times that a tree is sanitized again because a scan of it finds a value.
    private static let limit = 4

    /// The workflow, whose scan also searches for the values of earlier rounds.
    private(set) var workflow: Sanitize
    private let firstScan: Scan
    private let time: Int
    private var preparation: Sanitize.Preparation
    private var late = LateValues()
    private var earlier: Sanitize.Written?
    private var reading: Scanner.FirstReading

    /// The number of values that only a sanitized tree revealed.
    var lateValueCount: Int { late.values.count }

    /// Begins with a plan; `time` is recorded for values that are new to the sealed map.
    init(_ workflow: Sanitize, _ preparation: Sanitize.Preparation, time: Int) {
        self.workflow = workflow
        self.workflow.scan = preparation.scan
        self.time = time
        firstScan = preparation.scan
        self.preparation = preparation
        reading = preparation.reading.first
    }

    /// Repeats the rounds until one finds nothing; ``LateValues`` limits their number.
    ///
    /// - Throws: ``SanitizingError`` for something that can be neither replaced nor left out; ``KitError``
    ///   `interrupted`; ``CollectingError``.
    mutating func untilProved(
        in folder: borrowing OutputFolder,
        isInterrupted: () -> Bool
    ) throws -> Proved {
        while true {
            if let proved = try round(in: folder, isInterrupted: isInterrupted) { return proved }
        }
    }

    /// Writes the tree and examines it; returns nil after planning again, if more must be replaced or left out.
    private mutating func round(in folder: borrowing OutputFolder, isInterrupted: () -> Bool) throws -> Proved? {
        let written = try workflow.write(preparation, into: folder, after: earlier, isInterrupted: isInterrupted)
        let second = try workflow.scanAgain(folder.stagingPath, preparation.plan, knowing: reading, isInterrupted)
        reading = second.reading
        let findings = try late.add(
            second,
            scan: workflow.scan,
            preparation: preparation,
            written: written,
            isLast: late.rounds == Self.limit
        )
        var unproved = written.unproved + findings.unproved
        var proof: ResidueCheck.Proof?
        // A value that should have been replaced is reported by the residue check. It also runs if the scan refuses
        // files, so that everything that must be left out is known at once.
        if !findings.isNew || findings.hasKnownValues {
            let check = try workflow.proveNoResidue(folder.stagingPath, preparation.plan, isInterrupted)
            unproved += check.unproved
            proof = check.proof
        }
        let refused = workflow.leavesOutUnproved ? [] : unproved.filter { !$0.isPublicKey }
        if let error = UnprovedFile.error(for: refused) { throw error }
        if let proof, !findings.isNew, unproved.isEmpty {
            return Proved(
                preparation: preparation,
                written: written,
                proof: proof,
                rescannedFiles: second.fileCount
            )
        }
        earlier = written
        try planAgain(without: unproved, seekingMore: findings.isNew)
        return nil
    }

    /// Makes the plan again, with the late values and without files that could not be proved clean.
    ///
    /// Values that have a stand-in keep it, so only files in which something else is replaced are written again.
    private mutating func planAgain(without unproved: [UnprovedFile], seekingMore: Bool) throws {
        let reasons = Dictionary(unproved.map { ($0.source, $0.reason) }) { first, _ in first }
        workflow.scan = firstScan.seeking(late.values).alsoDeciding {
            $0.alsoKeeping(domains: late.renamedDomains, digestsOfNoSecrets: [])
        }
        let lastMap = preparation.lastMap
        preparation = try workflow.prepare(
            seekingMore ? workflow.search(preparation.reading, after: preparation.searched) : preparation.searched,
            lastMap: lastMap,
            known: SealedMap.values(of: preparation.plan, earlier: preparation.known, time: time),
            unproved: preparation.unproved.merging(reasons) { first, _ in first }
        )
        let renamed = late.renamedDomains.map { ParameterFile.Kept.domain($0) }
        preparation.plan.keeping.published += renamed.filter { !preparation.plan.keeping.published.contains($0) }
    }
}
