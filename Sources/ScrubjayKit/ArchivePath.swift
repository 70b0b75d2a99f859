internal import Sanitizing

/// The paths under which the files in archives are scanned, planned and reported.
enum ArchivePath {
    /// The maximum nesting depth of archives.
    static let depthLimit = 3

    /// Returns the path of a file in an archive: `etc/x` in `a.tgz` is `a.tgz!/etc/x`, and the decompressed `notes.gz`
    /// is `notes.gz!/notes`.
    ///
    /// - Parameters:
    ///   - name: the file's name in the archive; nil if the archive holds one file without a name.
    ///   - archive: the path of the archive.
    /// - Returns: the path.
    static func path(of name: String?, in archive: String) -> String {
        archive + PackedFiles.separator + (name ?? decompressedName(of: archive))
    }

    /// The file name without its compression extension: `notes.txt` for `var/notes.txt.gz`.
    private static func decompressedName(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }
}
