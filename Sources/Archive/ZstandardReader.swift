internal import CArchive

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
