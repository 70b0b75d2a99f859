internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing

/// A deployment with all findings and the files that a plan needs; use it to plan, and ``DeploymentReading`` to search
/// again with other values.
///
/// It depends only on the deployment and the scan, so several plans can be made from it.
struct SearchedDeployment: Sendable {
    let reading: DeploymentReading
    /// The findings in the files, and in the names of entries that are not files.
    let result: ScanResult
    let files: PlanDocuments
    /// The files by their paths; files that were not kept have no contents.
    let byPath: [String: Document]

    /// Searches a deployment that has been read.
    ///
    /// - Parameters:
    ///   - reading: the deployment.
    ///   - scan: the scan, with the values to search for everywhere.
    ///   - wholePaths: files that are read completely regardless of the scan.
    ///   - keptSize: how many bytes of completely read files are kept.
    ///   - earlier: the same deployment searched for other values, whose files in memory are used again.
    /// - Throws: ``CollectingError`` for the first file that cannot be read.
    init(
        _ reading: DeploymentReading,
        scan: Scan,
        wholePaths: Set<String>,
        keptSize: Int,
        after earlier: SearchedDeployment? = nil
    ) throws(CollectingError) {
        let scanned = try reading.scanned(by: scan, wholePaths: wholePaths)
        self.reading = reading
        files = try PlanDocuments(
            reading.readDeployment,
            toRead: scanned.toRead,
            keptSize: keptSize,
            holding: earlier?.files.held ?? [:]
        )
        result = scanned.result(for: files.documents + reading.names, packed: files.packed)
        byPath = Dictionary(uniqueKeysWithValues: files.documents.map { ($0.path, $0) })
    }

    /// All documents: the files, and the names of entries that are not files.
    var documents: [Document] { files.documents + reading.names }

    /// The findings in the originals.
    var report: Scan.Report {
        Scan.Report(
            result: result,
            fileCount: files.documents.count { files.packed.container(of: $0.path) == nil },
            byteCount: reading.byteCount,
            notes: Scan.notes(of: files.documents),
            skipped: reading.deployment.skipped,
            failures: []
        )
    }
}
