internal import Archive
internal import Documents
internal import Sanitizing

/// The files in an archive of a deployment, and in those in it, for a plan.
struct ArchiveUnpacking {
    /// Makes the document of a file in an archive, which is read as a whole where there is something to change.
    typealias Reading = (_ path: String, _ bytes: [UInt8]) -> (document: Document, isRead: Bool)

    /// Which files are in which archive.
    private(set) var packed = PackedFiles()
    /// The files, each archive before the files in it, and whether their contents were kept.
    private(set) var documents: [(document: Document, isRead: Bool)] = []

    private let reading: Reading
    private let isTaken: (String) -> Bool

    /// Reads an archive.
    ///
    /// - Parameters:
    ///   - bytes: the bytes of the archive.
    ///   - path: its path.
    ///   - isTaken: whether a file of the deployment has a path already.
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
            if Self.isOfficeDocument(archive) { return packed.refuse(path, "is a document of an office program") }
            let paths = archive.members.map { ArchivePath.path(of: archive.name(of: $0), in: path) }
            guard !paths.contains(where: isTaken) else {
                return packed.refuse(path, "holds a file whose path another file of the deployment has")
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

    /// The document of an archive: of its contents that it is no text is all that matters.
    static func unread(_ path: String, _ bytes: [UInt8]) -> Document {
        Document(path: path, bytes: Array(bytes.prefix(64)), format: .binary)
    }

    /// Whether a zip is a text with formats, whose author and history stand in places of their own.
    private static func isOfficeDocument(_ archive: OpenedArchive) -> Bool {
        archive.members.contains { $0.path == "[Content_Types].xml" || $0.path == "mimetype" }
    }
}

extension OpenedArchive {
    /// The name of a file in it; nil where there is nothing in it but that.
    func name(of member: Member) -> String? { isSingleFile ? nil : member.path }
}
