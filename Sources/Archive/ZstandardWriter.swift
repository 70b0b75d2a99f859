internal import CArchive

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
