/// Reads one gzip member, which must be the whole file.
final class GzipReader: ByteStage {
    private let inflater: Inflater
    private var trailer = Gzip.Trailer()
    /// The remaining bytes of the header.
    private var header = Gzip.header[...]
    /// The last bytes so far, which are the trailer if no more follow.
    private var held: [UInt8] = []

    init() throws(ArchiveError) { inflater = try Inflater() }

    func push(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        let start = bytes.prefix(header.count)
        guard header.starts(with: start) else {
            throw ArchiveError(
                .notCanonical,
                "the gzip header is not that of a bundle, which has no time, name or flags"
            )
        }
        header = header.dropFirst(start.count)
        held += bytes[start.endIndex...]
        guard held.count > Gzip.trailerCount else { return }
        let body = Array(held.dropLast(Gzip.trailerCount))
        held = Array(held.suffix(Gzip.trailerCount))
        try inflater.push(body) { piece throws(ArchiveError) in
            trailer.add(piece)
            try give(piece)
        }
    }

    func finish(_ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        guard header.isEmpty, held.count == Gzip.trailerCount else {
            throw ArchiveError(.malformed, "the gzip file ends before its contents do")
        }
        try inflater.finish(give)
        guard trailer.bytes == held else {
            throw ArchiveError(
                .malformed,
                "the gzip file is damaged: its checksum or length does not match its contents"
            )
        }
    }
}
