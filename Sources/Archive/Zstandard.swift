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
