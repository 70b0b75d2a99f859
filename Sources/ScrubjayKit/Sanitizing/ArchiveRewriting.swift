internal import Archive
internal import Documents
internal import Sanitizing

/// Repacks archives with the planned changes to their members.
struct ArchiveRewriting: Sendable {
    private let files: [String: SanitizePlan.File]

    init(_ plan: SanitizePlan) {
        files = Dictionary(
            plan.files.filter { $0.container != nil }.map { ($0.source, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Returns the repacked archive.
    ///
    /// - Parameters:
    ///   - file: the plan of the archive.
    ///   - bytes: the archive's original bytes.
    ///   - sanitize: applies the plan to one member, which may be an archive, given its original bytes.
    /// - Returns: the archive's new bytes.
    /// - Throws: ``SanitizingError`` `irreplaceable` if the archive cannot be repacked; what `sanitize` throws.
    func packed(
        _ file: SanitizePlan.File,
        from bytes: [UInt8],
        _ sanitize: (SanitizePlan.File, [UInt8]) throws -> [UInt8]
    ) throws -> [UInt8] {
        do {
            guard var archive = try OpenedArchive(bytes) else {
                throw SanitizingError(.irreplaceable, at: file.path, "an archive cannot be read a second time")
            }
            archive.members = try archive.members.compactMap { member in
                let path = ArchivePath.path(of: member, of: archive, in: file.source)
                guard let plan = files[path] else { return nil }
                var member = member
                member.bytes = try sanitize(plan, member.bytes)
                let prefix = (file.path + PackedFiles.separator).utf8.count
                if !archive.isSingleFile {
                    member.path = String(decoding: plan.path.utf8.dropFirst(prefix), as: UTF8.self)
                }
                return member
            }
            return try archive.packed()
        } catch let error as ArchiveError {
            throw SanitizingError(.irreplaceable, at: file.path, "an archive cannot be packed again: \(error)")
        }
    }

    /// Returns the bytes of a member of an original archive.
    ///
    /// - Parameters:
    ///   - path: the path of the member.
    ///   - archive: the path of the outermost archive, no matter how deeply the member is nested.
    ///   - bytes: the bytes of that archive.
    /// - Returns: the bytes; nil if the member no longer exists.
    static func contents(of path: String, in archive: String, _ bytes: [UInt8]) -> [UInt8]? {
        guard let opened = try? OpenedArchive(bytes) else { return nil }
        for member in opened.members {
            let inside = ArchivePath.path(of: member, of: opened, in: archive)
            if inside == path { return member.bytes }
            if path.hasPrefix(inside + PackedFiles.separator),
                let contents = contents(of: path, in: inside, member.bytes)
            {
                return contents
            }
        }
        return nil
    }
}
