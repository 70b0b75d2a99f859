internal import Archive

/// All that is in an archive, read for the residue check alone.
///
/// A compressed file is looked through as the bytes that it decompresses to, of a tar with its headers, and as the files in
/// them; so what no reader of archives shows is seen as well: owners, times, comments.
enum ArchivedTexts {
    /// How deep archives in archives are looked into.
    private static let depthLimit = 8

    /// Calls `body` with each text in `bytes`, where they are an archive.
    ///
    /// - Returns: whether all was looked into; nil where the bytes are no archive.
    static func forEach(in bytes: [UInt8], _ body: ([UInt8]) -> Void) -> ForeignArchive.Ending? {
        forEach(in: bytes, depth: 1, body)
    }

    private static func forEach(
        in bytes: [UInt8],
        depth: Int,
        _ body: ([UInt8]) -> Void
    ) -> ForeignArchive.Ending? {
        guard ForeignArchive.begins(bytes) else { return nil }
        guard depth <= depthLimit else { return .incomplete("archives are nested too deep to be looked into") }
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
