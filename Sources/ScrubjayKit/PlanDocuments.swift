internal import Archive
internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing
internal import SystemPackage

/// The files of a deployment as far as a plan needs them.
///
/// Of those with something to change the first are there as a whole, and further ones are read again whenever they are
/// needed; of all others the path and what sort of file it is are enough. So memory is taken for what is found, and
/// not for the size of the deployment.
struct PlanDocuments: Sendable {
    /// All files and links to files, in byte order of their paths; those in an archive come behind it.
    var documents: [Document] = []
    /// The paths of those whose contents were not kept.
    var unread: Set<String> = []
    /// Which of them are archives, and which are in one.
    var packed = PackedFiles()
    /// The files whose contents are read again.
    let rereading = FileRereading()

    /// A file of keys and certificates is not longer, and neither is a certificate in binary form.
    private static let longestKeyFile = 1 << 20
    /// How many bytes are kept of the files with something to change: with what their readers make of them some 32 MiB.
    static let keptSize = 1 << 23
    /// Enough to see what a file begins with.
    private static let headSize = 4096

    private let deployment: Deployment
    private let keptSize: Int
    /// What the scan says about the files.
    private let toRead: FilesToRead

    /// Reads the files of a deployment, those as a whole in which something is found.
    ///
    /// - Parameters:
    ///   - deployment: the files.
    ///   - toRead: what a scan says about them.
    ///   - keptSize: how many bytes are kept of the files that are read as a whole.
    /// - Throws: ``CollectingError`` for the first file that cannot be read.
    init(_ deployment: Deployment, toRead: FilesToRead, keptSize: Int = keptSize) throws(CollectingError) {
        self.deployment = deployment
        self.keptSize = keptSize
        self.toRead = toRead
        try read()
    }

    /// Reads all files as far as they are needed.
    private mutating func read() throws(CollectingError) {
        let files = deployment.entries.compactMap {
            entry -> (path: String, source: String, extent: FilesToRead.Extent)? in
            if case .file = entry.content { return (entry.path, entry.path, toRead.extent(of: entry.path)) }
            // A link is read as a copy of the file that it leads to, whose name may say something else.
            return deployment.file(behind: entry).map { (entry.path, $0.path, .whole) }
        }
        let paths = Set(deployment.entries.map(\.path))
        let wholeFiles = files.filter { $0.extent == .whole }.map(\.path)
        let released = Self.pathsToRelease(among: wholeFiles, of: deployment, keeping: keptSize)
        let results = files.concurrentMap { [rereading, deployment, toRead] file -> Result<Reading, CollectingError> in
            do throws(CollectingError) {
                return .success(
                    try Self.read(
                        file.path,
                        at: file.source,
                        file.extent,
                        of: deployment,
                        ArchiveReading(toRead: toRead, paths: paths),
                        releasedTo: released.contains(file.path) ? rereading : nil
                    )
                )
            } catch {
                return .failure(error)
            }
        }
        for result in results {
            let reading = try result.get()
            packed.merge(reading.packed)
            for (document, isRead) in reading.documents {
                documents.append(document)
                if !isRead { unread.insert(document.path) }
            }
        }
    }

    /// Which of the files that are read as a whole are not kept: those behind the first few.
    private static func pathsToRelease(
        among paths: [String],
        of deployment: Deployment,
        keeping keptSize: Int
    ) -> Set<String> {
        var sizes: [String: Int] = [:]
        for entry in deployment.entries {
            let file = entry.isLink ? deployment.file(behind: entry) : entry
            if case .file(let size, _) = file?.content { sizes[entry.path] = size }
        }
        var room = keptSize
        return Set(
            paths.filter { path in
                room -= sizes[path] ?? 0
                return room < 0
            }
        )
    }

    /// What is read of one file: its document, and those of the files in it where it is an archive.
    private struct Reading: Sendable {
        var documents: [(document: Document, isRead: Bool)]
        var packed = PackedFiles()
    }

    /// What is known about files in archives before they are read.
    private struct ArchiveReading: Sendable {
        var toRead: FilesToRead
        var paths: Set<String>
    }

    private static func read(
        _ path: String,
        at source: String,
        _ extent: FilesToRead.Extent,
        of deployment: Deployment,
        _ archives: ArchiveReading,
        releasedTo rereading: FileRereading?
    ) throws(CollectingError) -> Reading {
        let head = try deployment.contents(of: source, from: 0, count: headSize)
        if ForeignArchive.begins(head),
            let archive = try readArchive(path, at: source, head, of: deployment, archives)
        {
            return archive
        }
        if extent != .whole {
            let isShort = try deployment.contents(of: source, from: longestKeyFile, count: 1).isEmpty
            if let document = sample(of: path, extent, head: head, isShort: isShort) {
                return Reading(documents: [(document, false)])
            }
        }
        if let rereading {
            let notes = archives.toRead.notes[path] ?? []
            let document = try rereading.document(path, at: deployment.root.appending(source), notes: notes)
            return Reading(documents: [(document, true)])
        }
        return Reading(documents: [(Document(path: path, bytes: try deployment.contents(of: source)), true)])
    }

    /// The document of a file whose contents stay as they are, whose sort is all that matters; nil where it must be read.
    private static func sample(of path: String, _ extent: FilesToRead.Extent, head: [UInt8], isShort: Bool) -> Document?
    {
        let mayBeLong = extent == .binary && isImage(head)
        let isKey = extent == .binary || beginsKey(head)
        guard extent != .whole, !mayBeLong, !(isKey && isShort) else { return nil }
        let bytes = extent == .binary ? Array(head.prefix(64)) : []
        return Document(path: path, bytes: bytes, format: extent == .binary ? .binary : nil)
    }

    /// The archive and the files in it; nil where it only begins like one.
    private static func readArchive(
        _ path: String,
        at source: String,
        _ head: [UInt8],
        of deployment: Deployment,
        _ archives: ArchiveReading
    ) throws(CollectingError) -> Reading? {
        guard try deployment.contents(of: source, from: Sanitize.longestKeptFile, count: 1).isEmpty else {
            var reading = Reading(documents: [(ArchiveUnpacking.unread(path, head), false)])
            reading.packed.refuse(path, "has more than \(Sanitize.longestKeptFile >> 20) MiB")
            return reading
        }
        let bytes = try deployment.contents(of: source)
        let unpacking = ArchiveUnpacking(bytes, path: path) {
            archives.paths.contains($0)
        } reading: { path, bytes in
            let head = Array(bytes.prefix(headSize))
            let extent = archives.toRead.extent(of: path)
            if let document = sample(of: path, extent, head: head, isShort: bytes.count <= longestKeyFile) {
                return (document, false)
            }
            return (Document(path: path, bytes: bytes), true)
        }
        guard unpacking.packed.isKnown(path) else { return nil }
        return Reading(
            documents: [(ArchiveUnpacking.unread(path, bytes), false)] + unpacking.documents,
            packed: unpacking.packed
        )
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
