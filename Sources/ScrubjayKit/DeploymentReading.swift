internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing

/// A deployment, and what the rules say about its files: what every plan for it begins with.
///
/// What is looked for beside that may change from one plan to the next, and then only the second half of the scan is made.
struct DeploymentReading: Sendable {
    let deployment: Deployment
    /// The deployment without the files that are not read: reports of earlier runs.
    let readDeployment: Deployment
    /// Why some of it stays out whatever it holds: links, sockets, reports.
    let leftOut: [String: String]
    private let source: DeploymentSource
    /// How the places of findings are spelled, as far as a plan has asked.
    let spelling = SpellingMemory()
    /// What the rules say about the files.
    let first: Scanner.FirstReading

    /// Reads all files.
    ///
    /// - Throws: ``CollectingError`` for the first file that cannot be read.
    init(_ deployment: Deployment, scan: Scan) throws(CollectingError) {
        self.deployment = deployment
        let reports = OwnReport.paths(in: deployment)
        readDeployment = deployment.leavingOut(reports)
        // What is no file has a name, which is scanned like the others, and is left out.
        var leftOut: [String: String] = [:]
        for skipped in deployment.skipped { leftOut[skipped.path] = skipped.reason }
        for entry in readDeployment.entries where entry.isLink && readDeployment.file(behind: entry) == nil {
            leftOut[entry.path] = "a link that leads to no file of the deployment"
        }
        for path in reports { leftOut[path] = OwnReport.reason }
        self.leftOut = leftOut
        source = DeploymentSource(readDeployment, names: leftOut.keys.sorted())
        first = scan.firstReading(of: source)
        if let failure = source.failures.first { throw failure }
    }

    /// The names of what is no file, as documents without contents.
    var names: [Document] { leftOut.keys.sorted().map { Document(path: $0, bytes: []) } }

    /// The links that are written as copies of the files that they lead to.
    var copiedLinks: [String] { deployment.entries.filter(\.isLink).map(\.path).filter { leftOut[$0] == nil } }

    /// How many bytes the files have.
    var byteCount: Int { source.byteCount }

    /// Scans the files with what `scan` looks for beside what the rules find.
    ///
    /// - Parameters:
    ///   - scan: a scan with the rules of the one that read the files.
    ///   - wholePaths: files that are read as a whole whatever the scan says.
    /// - Returns: what it finds.
    /// - Throws: ``CollectingError`` for the first file that cannot be read.
    func scanned(by scan: Scan, wholePaths: Set<String>) throws(CollectingError) -> ScannedDeployment {
        let scanned = ScannedDeployment(wholePaths: wholePaths) { consume in
            scan.scan(source, after: first, consume: consume)
        }
        if let failure = source.failures.first { throw failure }
        return scanned
    }
}
