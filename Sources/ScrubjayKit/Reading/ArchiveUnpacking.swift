internal import Archive
internal import Documents
internal import Sanitizing

/// The files in an archive of a deployment, including nested archives, for a plan.
struct ArchiveUnpacking {
    /// Makes the document of an archived file; the file is read completely if it is to be changed.
    typealias Reading = (_ path: String, _ bytes: [UInt8]) -> (document: Document, isRead: Bool)

    /// The files in each archive.
    private(set) var packed = PackedFiles()
    /// The files, each archive before its members, and whether their contents were kept.
    private(set) var documents: [(document: Document, isRead: Bool)] = []

    private let reading: Reading
    private let isTaken: (String) -> Bool

    /// Reads an archive.
    ///
    /// - Parameters:
    ///   - bytes: the bytes of the archive.
    ///   - path: the path of the archive.
    ///   - isTaken: returns whether a file of the deployment already has a path.
    ///   - reading: makes the documents.
    init(_ bytes: [UInt8], path: String, isTaken: @escaping (String) -> Bool, reading: @escaping Reading) {
        self.reading = reading
        self.isTaken = isTaken
        read(bytes, path: path, depth: 1)
    }

    private mutating func read(_ bytes: [UInt8], path: String, depth: Int) {
        guard depth <= ArchivePath.depthLimit else {
            return packed.refuse(path, "is nested deeper than \(ArchivePath.depthLimit) levels")
        }
        do throws(ArchiveError) {
            guard let archive = try OpenedArchive(bytes) else { return }
            if Self.isOfficeDocument(archive) { return packed.refuse(path, "is an office document") }
            let paths = archive.members.map { ArchivePath.path(of: $0, of: archive, in: path) }
            guard !paths.contains(where: isTaken) else {
                return packed.refuse(path, "contains a file with the same path as another file of the deployment")
            }
            packed.open(path, members: paths)
            for (member, path) in zip(archive.members, paths) {
                guard ForeignArchive.begins(member.bytes) else {
                    documents.append(reading(path, member.bytes))
                    continue
                }
                let index = documents.count
                documents.append((ArchiveUnpacking.unread(path, member.bytes), false))
                read(member.bytes, path: path, depth: depth + 1)
                if !packed.isKnown(path) { documents[index] = reading(path, member.bytes) }
            }
        } catch {
            packed.refuse(path, "cannot be packed again: \(error.message)")
        }
    }

    /// Returns a document that only marks an archive as binary; its contents are not needed.
    static func unread(_ path: String, _ bytes: [UInt8]) -> Document {
        Document(path: path, bytes: Array(bytes.prefix(64)), format: .binary)
    }

    /// Whether a zip is an office document, whose author and history are in known members.
    private static func isOfficeDocument(_ archive: OpenedArchive) -> Bool {
        archive.members.contains { $0.path == "[Content_Types].xml" || $0.path == "mimetype" }
    }
}
