internal import CArchive

/// Compresses with zlib; the stream does not depend on the division of its input into pieces.
final class Deflater: ByteStage {
    private let state = DeflateState()

    init(level: Int32, window: Int32 = DeflateState.rawWindow) throws(ArchiveError) {
        let memoryLevel: Int32 = 8
        let started = unsafe deflateInit2_(
            state.stream,
            level,
            Z_DEFLATED,
            window,
            memoryLevel,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard started == Z_OK else { throw ArchiveError(.failed, "zlib could not start to compress") }
    }

    deinit { unsafe deflateEnd(state.stream) }

    func push(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        let end = try unsafe state.run(bytes, give) { unsafe deflate($0, Z_NO_FLUSH) }
        guard end.status == Z_OK || end.status == Z_BUF_ERROR, end.unread == 0 else { throw Self.failure }
    }

    func finish(_ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        let end = try unsafe state.run([], give) { unsafe deflate($0, Z_FINISH) }
        guard end.status == Z_STREAM_END else { throw Self.failure }
    }

    private static let failure = ArchiveError(.failed, "zlib could not compress the archive")
}
