/// An untrusted archive, read completely so that it can be repacked.
///
/// It is a tar or a zip, compressed or not, or a single compressed file. The repacked archive holds the same files
/// under the same names, without times, owners, comments and other data of the old one. The same files give the same
/// bytes with one version of the compression libraries.
public struct OpenedArchive: Sendable {
    /// The limits of a repacked archive.
    public static let limits = {
        var limits = ForeignArchive.Limits()
        limits.totalBytes = 1 << 26
        return limits
    }()

    private let packing: ForeignArchive.Packing
    /// The files, in byte order of their paths; a single compressed file without a name is the only one.
    public var members: [Member]

    /// Whether it is a single compressed file, whose path has no meaning.
    public var isSingleFile: Bool { packing.container == .none }

    /// Reads an archive.
    ///
    /// Folders have no entry. Symbolic and hard links to files in the archive become copies; other links are not among
    /// the members.
    ///
    /// - Returns: nil if the bytes are not an archive.
    /// - Throws: ``ArchiveError``: `tooLarge`, `malformed` if it cannot be read completely, `unsupportedFormat` if its
    ///   packing cannot be written, `forbiddenMember` if it holds a device, `unsafeName` or `nameCollision`. The
    ///   message follows the name of the archive: `holds …`.
    public init?(_ bytes: [UInt8], limits: ForeignArchive.Limits = Self.limits) throws(ArchiveError) {
        var entries: [ForeignArchive.Entry] = []
        guard let reading = ForeignArchive.readEntries(bytes, limits: limits, { entries.append($0) }) else {
            return nil
        }
        if case .incomplete(let reason) = reading.ending { throw ArchiveError(.malformed, reason) }
        guard reading.packing.compressions.count <= 1,
            reading.packing.container != .zip || reading.packing.compressions.isEmpty
        else { throw ArchiveError(.unsupportedFormat, "the archive is compressed more than once") }
        packing = reading.packing
        members = try Self.members(of: entries, isSingle: reading.packing.container == .none, limits)
    }

    private static func members(
        of entries: [ForeignArchive.Entry],
        isSingle: Bool,
        _ limits: ForeignArchive.Limits
    ) throws(ArchiveError) -> [Member] {
        var members: [Member] = []
        var links: [(path: String, target: String)] = []
        for entry in entries {
            let path = entry.name ?? ""
            switch entry.content {
            case .file(let bytes, let isExecutable):
                members.append(Member(path: path, isExecutable: isExecutable, bytes: bytes))
            case .hardLink(let target): links.append((path, target))
            case .link(let target):
                guard let components = MemberPath.components(ofTarget: target, ofLinkAt: path) else { continue }
                links.append((path, components.joined(separator: "/")))
            case .folder: continue
            case .other: throw ArchiveError(.forbiddenMember, "the archive contains a device or a pipe")
            }
        }
        guard !isSingle else { return members }
        members += try copies(links, of: members, limit: limits.totalBytes)
        members.sort { MemberPath.precedes($0.path, $1.path) }
        for member in members { try MemberPath.check(member.path) }
        try MemberPath.checkCollisions(among: members.map(\.path))
        return members
    }

    /// Returns copies of the files that links lead to, under the names of the links.
    ///
    /// `limit` is the maximum size of the members and the copies together, in bytes.
    private static func copies(
        _ links: [(path: String, target: String)],
        of members: [Member],
        limit: Int
    ) throws(ArchiveError) -> [Member] {
        var size = members.reduce(0) { $0 + $1.bytes.count }
        var copies: [Member] = []
        let targets = Dictionary(links.map { ($0.path, $0.target) }) { first, _ in first }
        let files = Dictionary(members.map { ($0.path, $0) }) { _, last in last }
        for link in links {
            var target = link.target
            // A link may lead to a link, and so on; the limit ends a cycle.
            for _ in 0..<ForeignArchive.linkLimit {
                if let file = files[target] {
                    size += file.bytes.count
                    guard size <= limit else {
                        throw ArchiveError(
                            .tooLarge,
                            "the archive has more than the \(limit) bytes that are taken, with a copy for each link"
                        )
                    }
                    copies.append(Member(path: link.path, isExecutable: file.isExecutable, bytes: file.bytes))
                    break
                }
                guard let next = targets[target] else { break }
                target = next
            }
        }
        return copies
    }

    /// Packs the archive with its current members, in its original packing.
    ///
    /// - Throws: ``ArchiveError`` with code `unsafeName`, `nameCollision`, `tooLarge` or `failed`.
    public func packed() throws(ArchiveError) -> [UInt8] {
        let contents: [UInt8]
        switch packing.container {
        case .tar: contents = try CanonicalArchive(members: members, modified: 0).serialized()
        case .zip: contents = try ZipWriting.zip(members)
        case .none: contents = members.first?.bytes ?? []
        }
        return try packing.compressions.first?.compressed(contents) ?? contents
    }
}
