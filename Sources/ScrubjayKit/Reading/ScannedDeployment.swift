internal import Detecting
internal import Documents
internal import Sanitizing

/// All findings of a scan of a deployment; use it to learn what a plan must read, and ``SearchedDeployment`` once that
/// is read.
///
/// It includes the findings in archived files.
struct ScannedDeployment: Sendable {
    /// A finding and its value.
    private struct Found {
        var finding: Finding
        var value: Int
    }

    /// How much of each file a plan must read.
    let toRead: FilesToRead
    private let values: Scanner.Values
    private let found: [Found]
    private let kept: [KeptFinding]

    /// Takes the results of a scan.
    ///
    /// - Parameters:
    ///   - wholePaths: files that are read completely regardless of the scan.
    ///   - scan: runs the scan and delivers its findings.
    init(wholePaths: Set<String>, _ scan: (_ consume: (Scanner.ScannedText) -> Void) -> Scanner.Values) {
        var toRead = FilesToRead(whole: wholePaths)
        var found: [Found] = []
        var kept: [KeptFinding] = []
        values = scan { text in
            toRead.add(text)
            found += zip(text.findings, text.valueIndices).map(Found.init)
            kept += text.kept
        }
        (self.toRead, self.found, self.kept) = (toRead, found, kept)
    }

    /// Returns the findings in the given documents.
    func result(for documents: [Document], packed: PackedFiles) -> ScanResult {
        let numbers = Dictionary(uniqueKeysWithValues: documents.enumerated().map { ($1.path, $0) })
        let all = (found + inNamesOfArchives(documents, packed)).enumerated().compactMap { place, found in
            numbers[found.finding.path].map { (document: $0, place: place, found: found) }
        }.sorted { ($0.document, $0.place) < ($1.document, $1.place) }
        return ScanResult(
            findings: all.map(\.found.finding),
            values: values.all,
            valueIndices: all.map(\.found.value),
            documentIndices: all.map(\.document),
            kept: kept.filter { numbers[$0.finding.path] != nil },
            keptValues: values.kept
        )
    }

    /// Returns the findings in the names of nested archives.
    ///
    /// The scan finds them in the paths of the archived files, which begin with the archive's path.
    private func inNamesOfArchives(_ documents: [Document], _ packed: PackedFiles) -> [Found] {
        let archives = documents.map(\.path).filter { packed.isOpened($0) && packed.container(of: $0) != nil }
        guard !archives.isEmpty else { return [] }
        var inPaths = Dictionary(grouping: found.filter { $0.finding.pathSpan != nil }) { $0.finding.path }
        var members: [String: String] = [:]
        for document in documents {
            guard let container = packed.container(of: document.path) else { continue }
            members[container] = members[container] ?? document.path
        }
        var all: [Found] = []
        // The innermost comes first, because its path contains those of the outer ones.
        for archive in archives.reversed() {
            let count = archive.utf8.count
            let own = (members[archive].flatMap { inPaths[$0] } ?? []).compactMap { found -> Found? in
                guard let span = found.finding.pathSpan, span.end <= count else { return nil }
                var found = found
                found.finding.path = archive
                return found
            }
            inPaths[archive] = own
            all += own
        }
        return all
    }
}
