internal import Archive
internal import Sanitizing

/// The archives of a bundle that contain stand-ins of parameters.
///
/// The files in them are filled in like all others, under the paths that a scan gives them; then the archives are
/// repacked as 'sanitize' packs them.
struct ArchivedTemplates: Sendable {
    /// The maximum total size in bytes of the unpacked contents of all opened archives.
    private static let totalLimit = 1 << 28

    /// The files with stand-ins, and the archives among them.
    private(set) var files: [Member] = []
    private var opened: [String: OpenedArchive] = [:]
    private var total = 0

    /// Opens archives.
    ///
    /// - Parameters:
    ///   - members: the files of the bundle.
    ///   - paths: the paths at which parameters have places.
    /// - Throws: ``BundleError`` `malformedParameters` if an archive cannot be opened, or contains too much.
    init(in members: [Member], paths: Set<String>) throws(BundleError) {
        let archives = Set(paths.flatMap(ArchivePath.archives(around:)))
        guard !archives.isEmpty else { return }
        for member in members where archives.contains(member.path) {
            try open(member.bytes, at: member.path, archives: archives, paths: paths)
        }
    }

    private mutating func open(
        _ bytes: [UInt8],
        at path: String,
        archives: Set<String>,
        paths: Set<String>
    ) throws(BundleError) {
        let archive: OpenedArchive
        do throws(ArchiveError) {
            // A path may merely look like that of a file in an archive.
            guard let read = try OpenedArchive(bytes) else { return }
            archive = read
        } catch {
            throw BundleError(.malformedParameters, at: path, error.message)
        }
        total += archive.members.reduce(0) { $0 + $1.bytes.count }
        guard total <= Self.totalLimit else {
            throw BundleError(
                .malformedParameters,
                at: path,
                "the archives with parameters are too large to fill in"
            )
        }
        opened[path] = archive
        for member in archive.members {
            let inside = ArchivePath.path(of: member, of: archive, in: path)
            let isArchive = archives.contains(inside)
            guard isArchive || paths.contains(inside) else { continue }
            files.append(Member(path: inside, isExecutable: member.isExecutable, bytes: member.bytes))
            if isArchive { try open(member.bytes, at: inside, archives: archives, paths: paths) }
        }
    }

    /// Whether a file is one of the opened archives.
    func isOpened(_ path: String) -> Bool { opened[path] != nil }

    /// Repacks an archive with filled-in files.
    ///
    /// - Parameters:
    ///   - path: the path of the template.
    ///   - archive: the archive as a file of the deployment, whose own path is already filled in.
    ///   - filled: the filled-in files by the paths of their templates.
    /// - Returns: the repacked archive, readable only by its owner if a file in it holds a secret.
    /// - Throws: ``ArchiveError`` if two names collide or the archive becomes too large.
    func packed(
        _ path: String,
        _ archive: HydratedFile,
        with filled: [String: HydratedFile]
    ) throws(ArchiveError) -> HydratedFile {
        guard var contents = opened[path] else { return archive }
        var holdsSecret = false
        var members: [Member] = []
        for member in contents.members {
            let inside = ArchivePath.path(of: member, of: contents, in: path)
            guard var file = filled[inside] else {
                members.append(member)
                continue
            }
            file = try packed(inside, file, with: filled)
            holdsSecret = holdsSecret || file.holdsSecret
            var name = member.path
            if !contents.isSingleFile {
                let prefix = (path + PackedFiles.separator).utf8.count
                name = String(decoding: file.path.utf8.dropFirst(prefix), as: UTF8.self)
            }
            members.append(Member(path: name, isExecutable: member.isExecutable, bytes: file.bytes))
        }
        contents.members = members
        return HydratedFile(
            path: archive.path,
            mode: holdsSecret ? archive.mode & 0o700 : archive.mode,
            bytes: try contents.packed()
        )
    }
}
