internal import Archive
internal import Detecting
internal import Sanitizing

/// Opens archives, including nested ones, for a scan.
///
/// A file `etc/x` in `a.tgz` is reported as `a.tgz!/etc/x`, and the decompressed `notes.gz` as `notes.gz!/notes`.
struct ArchiveReader: ContainerReader {
    func begins(_ bytes: [UInt8]) -> Bool { ForeignArchive.begins(bytes) }

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
            let inner = ArchivePath.path(of: file.name, in: path)
            guard ForeignArchive.begins(file.bytes) else { return body(inner, file.bytes) }
            guard depth < ArchivePath.depthLimit else {
                let limit = ArchivePath.depthLimit
                notes.append("archives nested deeper than \(limit) levels were not opened")
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
}
