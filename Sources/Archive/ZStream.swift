internal import CArchive

/// zlib at once from memory to memory, and the owner of its state, whose address zlib remembers.
@safe struct ZStream: ~Copyable {
    private let state: UnsafeMutablePointer<z_stream>

    private init() {
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: z_stream())
    }

    deinit {
        unsafe state.deallocate()
    }

    /// The deflate stream of `bytes`.
    static func deflate(_ bytes: [UInt8], level: Int32, window: Int32) throws(ArchiveError) -> [UInt8] {
        guard let count = UInt32(exactly: bytes.count) else {
            throw ArchiveError(.tooLarge, "an archive of 4 GiB or more is not compressed")
        }
        return try ZStream().deflate(bytes, count: count, level: level, window: window)
    }

    private borrowing func deflate(
        _ bytes: [UInt8],
        count: UInt32,
        level: Int32,
        window: Int32
    ) throws(ArchiveError) -> [UInt8] {
        let memoryLevel: Int32 = 8
        let started = unsafe deflateInit2_(
            state,
            level,
            Z_DEFLATED,
            window,
            memoryLevel,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard started == Z_OK else { throw ArchiveError(.failed, "zlib could not start to compress") }
        defer { unsafe deflateEnd(state) }
        let bound = unsafe Int(deflateBound(state, UInt(count)))
        let output = unsafe run(from: bytes[...], room: bound) { unsafe CArchive.deflate($0, Z_FINISH) }
        guard output.status == Z_STREAM_END else { throw ArchiveError(.failed, "zlib could not compress the archive") }
        return output.bytes
    }

    /// The `count` bytes that the deflate stream `body` holds, no more and no fewer, with nothing behind the stream.
    static func inflate(_ body: ArraySlice<UInt8>, count: Int, window: Int32) throws(ArchiveError) -> [UInt8] {
        try ZStream().inflate(body, count: count, window: window)
    }

    private borrowing func inflate(
        _ body: ArraySlice<UInt8>,
        count: Int,
        window: Int32
    ) throws(ArchiveError) -> [UInt8] {
        let started = unsafe inflateInit2_(state, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { throw ArchiveError(.failed, "zlib could not start to decompress") }
        defer { unsafe inflateEnd(state) }
        // One byte more than there should be shows whether there is more.
        let output = unsafe run(from: body, room: count + 1) { unsafe CArchive.inflate($0, Z_FINISH) }
        switch output.status {
        case Z_STREAM_END where output.unread > 0:
            throw ArchiveError(.notCanonical, "there are bytes behind the end of the gzip member")
        case Z_STREAM_END where output.bytes.count == count:
            return output.bytes
        case Z_STREAM_END, Z_OK, Z_BUF_ERROR:
            throw ArchiveError(.malformed, "the gzip file does not hold as many bytes as it says")
        default:
            throw ArchiveError(.malformed, "the gzip file is damaged")
        }
    }

    /// What one call made.
    private struct Output {
        var bytes: [UInt8]
        var unread: Int
        var status: Int32
    }

    private borrowing func run(
        from input: ArraySlice<UInt8>,
        room: Int,
        call: (UnsafeMutablePointer<z_stream>) -> Int32
    ) -> Output {
        var status = Z_STREAM_ERROR
        var unread = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: room) { target, written in
            unsafe input.withUnsafeBufferPointer { source in
                // zlib's declaration lacks a `const`; it only reads.
                unsafe state.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                unsafe state.pointee.avail_in = UInt32(clamping: source.count)
                unsafe state.pointee.next_out = target.baseAddress
                unsafe state.pointee.avail_out = UInt32(clamping: room)
                unsafe status = call(state)
                unsafe unread = Int(state.pointee.avail_in)
                unsafe written = room - Int(state.pointee.avail_out)
            }
        }
        return Output(bytes: bytes, unread: unread, status: status)
    }
}
