internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing

/// A deployment and what the rules alone find in it; use it to search again with other values, and
/// ``SearchedDeployment`` to plan.
///
/// The additional values to search for may change from one plan to the next; only the second half of the scan is
/// repeated then.
struct DeploymentReading: Sendable {
    let deployment: Deployment
    /// The deployment without the files that are not read: reports of earlier runs.
    let readDeployment: Deployment
    /// Why entries are left out regardless of their contents, by path: links, sockets, reports.
    let leftOut: [String: String]
    private let source: DeploymentSource
    /// The spellings of the places of findings that a plan has requested so far.
    let spelling = SpellingMemory()
    /// The findings of the rules in the files.
    let first: Scanner.FirstReading

    /// Reads all files.
    ///
    /// - Throws: ``CollectingError`` for the first file that cannot be read.
    init(_ deployment: Deployment, scan: Scan) throws(CollectingError) {
        self.deployment = deployment
        let reports = OwnReport.paths(in: deployment)
        readDeployment = deployment.leavingOut(reports)
        // The name of something that is not a file is scanned as well, although it is left out.
        var leftOut: [String: String] = [:]
        for skipped in deployment.skipped { leftOut[skipped.path] = skipped.reason.description }
        for entry in readDeployment.entries where entry.isLink && readDeployment.file(behind: entry) == nil {
            leftOut[entry.path] = "a link whose target is not a file of the deployment"
        }
        for path in reports { leftOut[path] = OwnReport.reason }
        self.leftOut = leftOut
        source = DeploymentSource(readDeployment, names: leftOut.keys.sorted())
        first = scan.firstReading(of: source)
        if let failure = source.failures.first { throw failure }
    }

    /// The names of entries that are not files, as documents without contents.
    var names: [Document] { leftOut.keys.sorted().map { Document(path: $0, bytes: []) } }

    /// The links that are written as copies of their targets.
    var copiedLinks: [String] { deployment.entries.filter(\.isLink).map(\.path).filter { leftOut[$0] == nil } }

    /// The total size of the files in bytes.
    var byteCount: Int { source.byteCount }

    /// Scans the files for what `scan` searches for in addition to the rules.
    ///
    /// - Parameters:
    ///   - scan: a scan with the same rules as the one that read the files.
    ///   - wholePaths: files that are read completely regardless of the scan.
    /// - Returns: the findings.
    /// - Throws: ``CollectingError`` for the first file that cannot be read.
    func scanned(by scan: Scan, wholePaths: Set<String>) throws(CollectingError) -> ScannedDeployment {
        let scanned = ScannedDeployment(wholePaths: wholePaths) { consume in
            scan.scan(source, after: first, consume: consume)
        }
        if let failure = source.failures.first { throw failure }
        return scanned
    }
}
