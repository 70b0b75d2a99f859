internal import Archive
internal import Detecting

/// Looks into archives, and into archives in archives.
///
/// A file `etc/x` in `a.tgz` is reported as `a.tgz!/etc/x`, and what `notes.gz` decompresses to as `notes.gz!/notes`.
struct ArchiveReader: ContainerReader {
    /// How deep archives may be nested.
    static let depthLimit = 3

    func read(_ bytes: [UInt8], path: String, _ body: (String, [UInt8]) -> Void) -> [String]? {
        read(bytes, path: path, depth: 1, body)
    }

    private func read(
        _ bytes: [UInt8],
        path: String,
        depth: Int,
        _ body: (String, [UInt8]) -> Void
    ) -> [String]? {
        var notes: [String] = []
        let ending = ForeignArchive.read(bytes) { file in
            let inner = path + "!/" + (file.name ?? Self.decompressedName(of: path))
            guard ForeignArchive.begins(file.bytes) else { return body(inner, file.bytes) }
            guard depth < Self.depthLimit else {
                notes.append("archives that are nested deeper than \(Self.depthLimit) levels were not looked into")
                return
            }
            guard let innerNotes = read(file.bytes, path: inner, depth: depth + 1, body) else {
                return body(inner, file.bytes)
            }
            notes += innerNotes
        }
        guard let ending else { return nil }
        if case .incomplete(let reason) = ending { notes.append(reason) }
        return notes
    }

    /// The name without the extension of its compression: `notes.txt` of `var/notes.txt.gz`.
    private static func decompressedName(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }
}
