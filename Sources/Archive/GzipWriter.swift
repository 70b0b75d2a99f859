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
