internal import CArchive

/// One Zstandard frame (RFC 8878) with its length and a final checksum.
enum Zstandard {
    /// The first bytes of a frame.
    static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
    /// The compression level: zstd's own default, several times as fast as reading a disk.
    static let level: Int32 = 3
    /// The number of compression threads, which does not affect the output as long as it is not zero.
    static let workerCount: Int32 = 2
    /// The size in bytes of a thread's job, which also uses the preceding 256 KiB.
    ///
    /// The default of zstd, 8 MiB, would take some 70 MiB of memory.
    static let jobSize: Int32 = 1 << 21
    /// The binary logarithm of the largest window that is read: 8 MiB, which every decoder must support (RFC 8878,
    /// 3.1.1.1.2).
    static let windowLog: Int32 = 23

    static func check(_ status: Int, _ code: ArchiveError.Code, _ message: String) throws(ArchiveError) {
        guard ZSTD_isError(status) == 0 else { throw ArchiveError(code, message) }
    }
}

/// Writes one frame, in jobs of one size on two threads, so that the frame depends only on zstd's version: neither on
/// the number of processors nor on the division into pieces.
@safe final class ZstandardWriter: ByteStage {
    private let context: OpaquePointer
    private let output = NativeBuffer(capacity: ByteSource.pieceSize)

    /// Begins a frame of `count` bytes.
    init(count: Int) throws(ArchiveError) {
        guard let context = unsafe ZSTD_createCCtx() else { throw Self.failure }
        unsafe self.context = unsafe context
        let statuses = unsafe [
            ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Zstandard.level),
            ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1),
            ZSTD_CCtx_setParameter(context, ZSTD_c_nbWorkers, Zstandard.workerCount),
            ZSTD_CCtx_setParameter(context, ZSTD_c_jobSize, Zstandard.jobSize),
            ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 1),
            ZSTD_CCtx_setPledgedSrcSize(context, UInt64(count)),
        ]
        guard statuses.allSatisfy({ ZSTD_isError($0) == 0 }) else { throw Self.failure }
    }

    deinit { unsafe ZSTD_freeCCtx(context) }

    func push(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        try run(bytes, ZSTD_e_continue, give)
    }

    func finish(_ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) { try run([], ZSTD_e_end, give) }

    private func run(
        _ bytes: [UInt8],
        _ directive: ZSTD_EndDirective,
        _ give: ([UInt8]) throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        try unsafe bytes.withUnsafeBufferPointer { source throws(ArchiveError) in
            var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
            while true {
                var piece = unsafe ZSTD_outBuffer(dst: output.start, size: output.capacity, pos: 0)
                let left = unsafe ZSTD_compressStream2(context, &piece, &input, directive)
                guard ZSTD_isError(left) == 0 else { throw Self.failure }
                if unsafe piece.pos > 0 { try give(output.bytes(unsafe piece.pos)) }
                let isDone = unsafe directive == ZSTD_e_end ? left == 0 : input.pos == input.size
                if isDone { return }
            }
        }
    }

    private static let failure = ArchiveError(.failed, "zstd could not compress the archive")
}

/// Reads one frame, which must be the whole file.
@safe final class ZstandardReader: ByteStage {
    private let context: OpaquePointer
    /// The first bytes, until they suffice to read the header of the frame.
    private var start: [UInt8]? = []
    /// The number of bytes that the frame declares; nil if it declares none.
    private var expectedCount: UInt64?
    private var count: UInt64 = 0
    private var isAtEnd = false
    /// Whether frames without a declared length or a checksum are accepted.
    private let takesAnyFrame: Bool

    /// The size in bytes of the longest frame header, `ZSTD_FRAMEHEADERSIZE_MAX`.
    private static let headerCount = 18

    init(takesAnyFrame: Bool = false) throws(ArchiveError) {
        self.takesAnyFrame = takesAnyFrame
        guard let context = unsafe ZSTD_createDCtx() else {
            throw ArchiveError(.failed, "zstd could not start to decompress")
        }
        unsafe self.context = unsafe context
        try Zstandard.check(
            unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Zstandard.windowLog),
            .failed,
            "zstd could not start to decompress"
        )
    }

    deinit { unsafe ZSTD_freeDCtx(context) }

    func push(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        guard var start else { return try run(bytes, give) }
        start += bytes
        self.start = start
        guard start.count >= Self.headerCount else { return }
        try begin(start, give)
    }

    func finish(_ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        if let start { try begin(start, give) }
        guard isAtEnd else { throw ArchiveError(.malformed, "the zstd file ends before its contents do") }
        guard expectedCount.map({ $0 == count }) ?? takesAnyFrame else {
            throw ArchiveError(.malformed, "the zstd file does not contain as many bytes as it declares")
        }
    }

    /// Reads the header (RFC 8878 section 3.1.1.1).
    private func begin(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        start = nil
        guard bytes.count > 5, bytes.starts(with: Zstandard.magic) else {
            throw ArchiveError(.malformed, "the file is not one zstd frame")
        }
        let expected = unsafe bytes.withUnsafeBytes { unsafe ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
        let flags = bytes[4]
        // A checksum, no dictionary, and a length; `ZSTD_CONTENTSIZE_UNKNOWN` and `…_ERROR` are the two largest
        // numbers.
        let isKnown = expected < UInt64.max - 1
        guard takesAnyFrame || flags & 0b100 != 0 && flags & 0b11 == 0 && isKnown else {
            throw ArchiveError(
                .notCanonical,
                "the zstd frame is not that of a bundle, which has its length, a checksum and no dictionary"
            )
        }
        if isKnown { expectedCount = expected }
        try run(bytes, give)
    }

    private func run(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        if bytes.isEmpty { return }
        guard !isAtEnd else { throw Self.trailing }
        try unsafe bytes.withUnsafeBufferPointer { source throws(ArchiveError) in
            var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
            while true {
                var left = 0
                let piece = unsafe [UInt8](unsafeUninitializedCapacity: ByteSource.pieceSize) { buffer, made in
                    var output = unsafe ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
                    left = unsafe ZSTD_decompressStream(context, &output, &input)
                    made = unsafe output.pos
                }
                try Zstandard.check(left, .malformed, "the zstd file is damaged")
                count += UInt64(piece.count)
                if !piece.isEmpty { try give(piece) }
                let isRead = unsafe input.pos == input.size
                if left == 0 {
                    isAtEnd = true
                    guard isRead else { throw Self.trailing }
                    return
                }
                if isRead && piece.count < ByteSource.pieceSize { return }
            }
        }
    }

    private static let trailing = ArchiveError(.notCanonical, "there are bytes after the end of the zstd frame")
}
