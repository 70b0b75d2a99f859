internal import CArchive

/// zlib's state at a fixed address, which zlib keeps.
@safe final class DeflateState {
    /// A raw deflate stream with the largest window.
    static let rawWindow: Int32 = -15

    let stream: UnsafeMutablePointer<z_stream>
    let output = NativeBuffer(capacity: ByteSource.pieceSize)

    init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
    }

    deinit { unsafe stream.deallocate() }

    /// Calls zlib until it needs more input or reaches its end, and delivers the output.
    ///
    /// - Returns: its last status, and the number of input bytes that are left.
    func run(
        _ input: [UInt8],
        _ give: ([UInt8]) throws(ArchiveError) -> Void,
        _ call: (UnsafeMutablePointer<z_stream>) -> Int32
    ) throws(ArchiveError) -> (status: Int32, unread: Int) {
        try unsafe input.withUnsafeBufferPointer { source throws(ArchiveError) in
            // zlib's declaration lacks a `const`; it only reads.
            unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            unsafe stream.pointee.avail_in = UInt32(source.count)
            while true {
                unsafe stream.pointee.next_out = output.start
                unsafe stream.pointee.avail_out = UInt32(output.capacity)
                let status = unsafe call(stream)
                let room = unsafe Int(stream.pointee.avail_out)
                if room < output.capacity { try give(output.bytes(output.capacity - room)) }
                let isStopped = status != Z_OK || room > 0
                if isStopped { return (status, unsafe Int(stream.pointee.avail_in)) }
            }
        }
    }
}

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
