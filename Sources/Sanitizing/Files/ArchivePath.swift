package import Archive

/// The paths under which the files in archives are scanned, planned, reported and filled in.
package enum ArchivePath {
    /// The maximum nesting depth of archives.
    package static let depthLimit = 3

    /// Returns the path of a file in an archive: `etc/x` in `a.tgz` is `a.tgz!/etc/x`, and the decompressed `notes.gz`
    /// is `notes.gz!/notes`.
    ///
    /// - Parameters:
    ///   - name: the file's name in the archive; nil if the archive holds one file without a name.
    ///   - archive: the path of the archive.
    /// - Returns: the path.
    package static func path(of name: String?, in archive: String) -> String {
        archive + PackedFiles.separator + (name ?? decompressedName(of: archive))
    }

    /// Returns the path of a member of an opened archive.
    package static func path(of member: Member, of opened: OpenedArchive, in archive: String) -> String {
        path(of: opened.isSingleFile ? nil : member.path, in: archive)
    }

    /// Returns the paths of the archives that a file may be in, the outermost first: `a.tgz` and `a.tgz!/b.zip` for
    /// `a.tgz!/b.zip!/x`; nothing for a file of the deployment itself.
    package static func archives(around path: String) -> [String] {
        let parts = path.split(separator: PackedFiles.separator, omittingEmptySubsequences: false)
        return parts.indices.dropFirst().map { parts[..<$0].joined(separator: PackedFiles.separator) }
    }

    /// The file name without its compression extension: `notes.txt` for `var/notes.txt.gz`.
    private static func decompressedName(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }
}
