internal import Sanitizing

/// The paths under which the files in archives are scanned, planned and reported.
enum ArchivePath {
    /// How deep archives may be nested.
    static let depthLimit = 3

    /// The path of a file in an archive: `etc/x` in `a.tgz` is `a.tgz!/etc/x`, and what `notes.gz` decompresses to is
    /// `notes.gz!/notes`.
    ///
    /// - Parameters:
    ///   - name: its name in the archive; nil where there is nothing in it but one file without a name.
    ///   - archive: the path of the archive.
    /// - Returns: the path.
    static func path(of name: String?, in archive: String) -> String {
        archive + PackedFiles.separator + (name ?? decompressedName(of: archive))
    }

    /// The name without the extension of its compression: `notes.txt` of `var/notes.txt.gz`.
    private static func decompressedName(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }
}
