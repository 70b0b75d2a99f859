internal import Archive
internal import Sanitizing

/// Reads files of a tree by path, including files in archives; use ``ArchivedTemplates`` to fill in and repack
/// archives.
///
/// `a.tgz!/etc/x` is the file `etc/x` in `a.tgz`.
package struct FilesInArchives {
    private let contentsOfFile: (_ path: String) throws -> [UInt8]?
    /// The members of the archives that were opened, by path.
    private var members: [String: [String: [UInt8]]] = [:]

    /// Makes a reader for a tree.
    ///
    /// - Parameter contents: returns the bytes of a file of the tree; nil if it does not exist.
    package init(of contents: @escaping (_ path: String) throws -> [UInt8]?) { contentsOfFile = contents }

    /// Returns the bytes of a file; nil if it does not exist, or its archive cannot be opened.
    ///
    /// - Throws: what reading a file of the tree throws.
    package mutating func contents(of path: String) throws -> [UInt8]? {
        guard let archive = ArchivePath.archives(around: path).last else { return try contentsOfFile(path) }
        // A path may merely look like that of a file in an archive.
        if let bytes = try contentsOfFile(path) { return bytes }
        if members[archive] == nil {
            members[archive] = try contents(of: archive).map { Self.members(of: $0, at: archive) } ?? [:]
        }
        return members[archive]?[path]
    }

    /// Returns the files of an archive by path; empty if it cannot be opened, for example because its owner replaced it
    /// with another file.
    package static func members(of bytes: [UInt8], at path: String) -> [String: [UInt8]] {
        guard let opened = try? OpenedArchive(bytes) else { return [:] }
        let members = opened.members.map { (ArchivePath.path(of: $0, of: opened, in: path), $0.bytes) }
        return Dictionary(members, uniquingKeysWith: { first, _ in first })
    }
}
