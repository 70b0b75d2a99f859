internal import Collecting
internal import Detecting
internal import Documents

/// The files of a deployment as far as a plan needs them.
///
/// Those with something to change are there as a whole, of all others the path and what sort of file it is: memory is
/// taken for what is found, not for the size of the deployment.
struct PlanDocuments: Sendable {
    /// All files and links to files, in byte order of their paths.
    var documents: [Document] = []
    /// The paths of those whose contents were not kept.
    var unread: Set<String> = []
    /// How many bytes they have.
    var byteCount = 0

    /// A file of keys and certificates is not longer, and neither is a certificate in binary form.
    private static let longestKeyFile = 1 << 20
    /// Enough to see what a file begins with.
    private static let headSize = 4096

    /// How much of a file is read.
    private enum Extent {
        case whole
        case binary
        case text
    }

    /// Scans the files of a deployment, and reads those in which something is found.
    ///
    /// - Parameters:
    ///   - deployment: the files.
    ///   - scan: the scan that says what is found.
    ///   - wholePaths: further files that are read as a whole.
    /// - Throws: ``CollectingError`` for the first file that cannot be read.
    init(_ deployment: Deployment, scan: Scan, wholePaths: Set<String>) throws(CollectingError) {
        let source = DeploymentSource(deployment)
        var whole = wholePaths
        var binaries: Set<String> = []
        scan.scan(source) { text in
            if text.isBinary { binaries.insert(text.path) }
            if text.findings.contains(where: { $0.location != nil }) || !text.kept.isEmpty || !text.notes.isEmpty {
                whole.insert(text.path)
            }
        }
        if let failure = source.failures.first { throw failure }
        byteCount = source.byteCount
        let files = deployment.entries.compactMap { entry -> (path: String, source: String, extent: Extent)? in
            if case .file = entry.content {
                let extent: Extent =
                    whole.contains(entry.path) ? .whole : binaries.contains(entry.path) ? .binary : .text
                return (entry.path, entry.path, extent)
            }
            // A link is read as a copy of the file that it leads to, whose name may say something else.
            return deployment.file(behind: entry).map { (entry.path, $0.path, .whole) }
        }
        let results = files.concurrentMap { file -> Result<(Document, isRead: Bool), CollectingError> in
            do throws(CollectingError) {
                return .success(try Self.read(file.path, at: file.source, file.extent, of: deployment))
            } catch {
                return .failure(error)
            }
        }
        for result in results {
            let (document, isRead) = try result.get()
            documents.append(document)
            if !isRead { unread.insert(document.path) }
        }
    }

    private static func read(
        _ path: String,
        at source: String,
        _ extent: Extent,
        of deployment: Deployment
    ) throws(CollectingError) -> (Document, isRead: Bool) {
        if extent != .whole {
            let head = try deployment.contents(of: source, from: 0, count: headSize)
            let mayBeLong = extent == .binary && isImage(head)
            let isKey = extent == .binary || beginsKey(head)
            let isShort = try deployment.contents(of: source, from: longestKeyFile, count: 1).isEmpty
            if !mayBeLong && !(isKey && isShort) {
                // Of a file whose contents stay as they are, its sort is all that matters.
                let sample = extent == .binary ? Array(head.prefix(64)) : []
                let format: Format? = extent == .binary ? .binary : nil
                return (Document(path: path, bytes: sample, format: format), false)
            }
        }
        return (Document(path: path, bytes: try deployment.contents(of: source)), true)
    }

    /// Whether a text may be nothing but keys and certificates.
    private static func beginsKey(_ head: [UInt8]) -> Bool {
        let blanks = Array(" \t\r\n\u{FEFF}".utf8)
        return head.drop { blanks.contains($0) }.starts(with: Array("-----BEGIN".utf8))
    }

    /// Whether a file begins as a JPEG, a PNG, a GIF, a WebP or an icon does.
    private static func isImage(_ head: [UInt8]) -> Bool {
        let starts: [[UInt8]] = [
            [0xFF, 0xD8], [0x89, 0x50], Array("GIF8".utf8), Array("RIFF".utf8), [0, 0, 1, 0], [0, 0, 2, 0],
        ]
        return starts.contains { head.starts(with: $0) }
    }
}
