internal import Archive

/// The contents of archives, read for the residue check only.
///
/// A compressed file is checked as its decompressed bytes, a tar with its headers, and the files in them. This also
/// covers what archive readers do not show: owners, times, comments.
enum ArchivedTexts {
    /// The maximum nesting depth of archives.
    private static let depthLimit = 8

    /// Calls `body` with each text in `bytes` if they are an archive.
    ///
    /// - Returns: whether everything was read; nil if the bytes are not an archive.
    static func forEach(in bytes: [UInt8], _ body: ([UInt8]) -> Void) -> ForeignArchive.Ending? {
        forEach(in: bytes, depth: 1, body)
    }

    private static func forEach(
        in bytes: [UInt8],
        depth: Int,
        _ body: ([UInt8]) -> Void
    ) -> ForeignArchive.Ending? {
        guard ForeignArchive.begins(bytes) else { return nil }
        guard depth <= depthLimit else { return .incomplete("archives are nested too deeply to be searched") }
        var gap: String?
        let ending = ForeignArchive.read(bytes) { file in
            if let name = file.name { body(Array(name.utf8)) }
            body(file.bytes)
            if case .incomplete(let reason)? = forEach(in: file.bytes, depth: depth + 1, body) { gap = reason }
        }
        guard let ending else { return nil }
        if let whole = ForeignArchive.decompressed(bytes) { body(whole) }
        return gap.map { .incomplete($0) } ?? ending
    }
}
