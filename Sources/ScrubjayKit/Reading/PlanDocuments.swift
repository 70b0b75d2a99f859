internal import Archive
internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing
internal import SystemPackage

/// The files of a deployment, read as far as a plan needs them; use ``FilesToRead`` to decide how far that is, and
/// ``DeploymentSource`` to scan.
///
/// The first files with changes are kept in memory, and others are read again when needed. For an unchanged file, the
/// path and the type are enough. Memory use therefore depends on the findings, not on the size of the deployment.
struct PlanDocuments: Sendable {
    /// All files and links to files, in byte order of their paths; members follow their archive.
    var documents: [Document] = []
    /// The paths of files whose contents were not kept.
    var unread: Set<String> = []
    /// The archives, and the files in them.
    var packed = PackedFiles()
    /// The source of contents that are read again.
    let rereading = FileRereading()

    /// The maximum size in bytes of a key file or a binary certificate.
    private static let longestKeyFile = 1 << 20
    /// The number of bytes of changed files that are kept; they take about 32 MiB once parsed.
    static let keptSize = 1 << 23
    /// The number of leading bytes that identify a file.
    private static let headSize = 4096

    private let deployment: Deployment
    private let keptSize: Int
    /// The scan's decision on each file.
    private let toRead: FilesToRead

    /// The completely read files that are in memory, by their paths, without archives.
    var held: [String: Document] {
        let held = documents.filter { !unread.contains($0.path) && !$0.isReleased && !packed.isKnown($0.path) }
        return Dictionary(uniqueKeysWithValues: held.map { ($0.path, $0) })
    }

    /// Reads the files of a deployment; those with findings are read completely.
    ///
    /// - Parameters:
    ///   - deployment: the files.
    ///   - toRead: the scan's decision on each file.
    ///   - keptSize: how many bytes of completely read files are kept.
    ///   - held: files that are already in memory, and need not be read again.
    /// - Throws: ``CollectingError`` for the first file that cannot be read.
    init(
        _ deployment: Deployment,
        toRead: FilesToRead,
        keptSize: Int = keptSize,
        holding held: [String: Document] = [:]
    ) throws(CollectingError) {
        self.deployment = deployment
        self.keptSize = keptSize
        self.toRead = toRead
        try read(holding: held)
    }

    /// Reads each file as far as needed.
    private mutating func read(holding held: [String: Document]) throws(CollectingError) {
        let files = deployment.entries.compactMap {
            entry -> (path: String, source: String, extent: FilesToRead.Extent)? in
            if case .file = entry.content { return (entry.path, entry.path, toRead.extent(of: entry.path)) }
            // A link is read as a copy of its target, and its name may differ from the target's.
            return deployment.file(behind: entry).map { (entry.path, $0.path, .whole) }
        }
        let paths = Set(deployment.entries.map(\.path))
        let wholeFiles = files.filter { $0.extent == .whole }.map(\.path)
        let released = Self.pathsToRelease(among: wholeFiles, of: deployment, keeping: keptSize)
        let results = files.concurrentMap { [rereading, deployment, toRead] file -> Result<Reading, CollectingError> in
            if file.extent == .whole, !released.contains(file.path), let document = held[file.path] {
                return .success(Reading(documents: [(document, true)]))
            }
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

    /// Returns the completely read files that are not kept: those after the first `keptSize` bytes.
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

    /// The documents of one file, including its members if it is an archive.
    private struct Reading: Sendable {
        var documents: [(document: Document, isRead: Bool)]
        var packed = PackedFiles()
    }

    /// The scan's decisions, and the paths of the deployment, which must be known before archived files are read.
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

    /// Returns the document of an unchanged file, for which only the type matters; nil if the file must be read.
    private static func sample(of path: String, _ extent: FilesToRead.Extent, head: [UInt8], isShort: Bool) -> Document?
    {
        let mayBeLong = extent == .binary && isImage(head)
        let isKey = extent == .binary || beginsKey(head)
        guard extent != .whole, !mayBeLong, !(isKey && isShort) else { return nil }
        let isOpaque = extent == .binary || PortableDocument.begins(head)
        return Document(path: path, bytes: isOpaque ? Array(head.prefix(64)) : [], format: isOpaque ? .binary : nil)
    }

    /// Returns the archive and its members; nil if the file only begins like an archive.
    private static func readArchive(
        _ path: String,
        at source: String,
        _ head: [UInt8],
        of deployment: Deployment,
        _ archives: ArchiveReading
    ) throws(CollectingError) -> Reading? {
        guard try deployment.contents(of: source, from: Sanitize.longestKeptFile, count: 1).isEmpty else {
            var reading = Reading(documents: [(ArchiveUnpacking.unread(path, head), false)])
            reading.packed.refuse(path, "is larger than \(Sanitize.longestKeptFile >> 20) MiB")
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

    /// Whether a text may consist of keys and certificates only.
    private static func beginsKey(_ head: [UInt8]) -> Bool {
        let blanks = Array(" \t\r\n\u{FEFF}".utf8)
        return head.drop { blanks.contains($0) }.starts(with: Array("-----BEGIN".utf8))
    }

    /// Whether a file begins like a JPEG, PNG, GIF, WebP or icon.
    private static func isImage(_ head: [UInt8]) -> Bool {
        let starts: [[UInt8]] = [
            [0xFF, 0xD8], [0x89, 0x50], Array("GIF8".utf8), Array("RIFF".utf8), [0, 0, 1, 0], [0, 0, 2, 0],
        ]
        return starts.contains { head.starts(with: $0) }
    }
}
