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
