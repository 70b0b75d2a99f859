internal import CArchive

/// One canonical gzip member (RFC 1952) around a deflate stream.
///
/// zlib deflates; the framing is written and read here. libarchive's gzip filter ignores the trailer, joins several
/// members, and stops silently at other bytes, so that two readers could see two different archives. Here the header is
/// one constant, the length and the CRC must be right, and nothing may follow.
enum Gzip {
    /// The compression level: the default of zlib and gzip.
    ///
    /// The best level takes four times as long to save one twentieth.
    static let level: Int32 = 6
    /// No flags, no time, no name; neither the best nor the fastest compression, on Unix.
    static let header: [UInt8] = [0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03]
    static let trailerCount = 8

    /// The CRC-32 and the length of the contents, the latter modulo 2^32.
    struct Trailer: Equatable {
        private var sum: UInt = 0
        private var count = 0

        /// Adds bytes.
        mutating func add(_ bytes: [UInt8]) {
            let before = sum
            sum = unsafe bytes.withUnsafeBufferPointer { bytes in
                unsafe UInt(crc32_z(before, bytes.baseAddress, bytes.count))
            }
            count += bytes.count
        }

        /// The eight bytes, little-endian.
        var bytes: [UInt8] {
            [UInt32(truncatingIfNeeded: sum), UInt32(truncatingIfNeeded: count)].flatMap { word in
                [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> $0) }
            }
        }
    }
}

/// Writes one gzip member.
final class GzipWriter: ByteStage {
    private let deflater: Deflater
    private var trailer = Gzip.Trailer()
    private var isStarted = false

    init() throws(ArchiveError) { deflater = try Deflater(level: Gzip.level) }

    func push(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        try start(give)
        trailer.add(bytes)
        try deflater.push(bytes, give)
    }

    func finish(_ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        try start(give)
        try deflater.finish(give)
        try give(trailer.bytes)
    }

    private func start(_ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        if !isStarted { try give(Gzip.header) }
        isStarted = true
    }
}

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
