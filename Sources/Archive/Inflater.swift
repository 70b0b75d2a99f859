internal import CArchive

/// Decompresses one deflate stream with zlib; nothing may follow it.
final class Inflater: ByteStage {
    private let state = DeflateState()
    private var isAtEnd = false

    init(window: Int32 = DeflateState.rawWindow) throws(ArchiveError) {
        let started = unsafe inflateInit2_(
            state.stream,
            window,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard started == Z_OK else { throw ArchiveError(.failed, "zlib could not start to decompress") }
    }

    deinit { unsafe inflateEnd(state.stream) }

    func push(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        if bytes.isEmpty { return }
        guard !isAtEnd else { throw Self.trailing }
        let end = try unsafe state.run(bytes, give) { unsafe inflate($0, Z_NO_FLUSH) }
        switch end.status {
        case Z_STREAM_END:
            isAtEnd = true
            guard end.unread == 0 else { throw Self.trailing }
        case Z_OK, Z_BUF_ERROR: break
        default: throw ArchiveError(.malformed, "the gzip file is damaged")
        }
    }

    func finish(_ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        guard isAtEnd else { throw ArchiveError(.malformed, "the gzip file ends before its contents do") }
    }

    private static let trailing = ArchiveError(.notCanonical, "there are bytes after the end of the gzip member")
}
