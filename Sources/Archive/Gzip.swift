internal import CArchive

/// One canonical gzip member (RFC 1952) around a deflate stream.
///
/// zlib does the deflating, and the framing is written and read here: libarchive's gzip filter skips over the trailer
/// without comparing it, joins several members, and stops silently at bytes that are none, so that two readers could
/// see two different archives. Here the header is one constant, the length and the CRC must be right, and nothing may
/// follow.
public enum Gzip {
    /// No flags, no time, no name; compressed as well as possible, on Unix.
    private static let header: [UInt8] = [0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03]
    private static let trailerCount = 8
    /// A deflate stream without the wrapping that zlib would give it, in the largest window.
    private static let rawWindow: Int32 = -15

    /// The bytes in one gzip member.
    ///
    /// They are the same for the same input and the same version of zlib; the tar inside is the same everywhere.
    ///
    /// - Throws: ``ArchiveError`` with code `tooLarge` where reading would refuse the result, or `failed`.
    public static func compress(
        _ bytes: [UInt8],
        limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) -> [UInt8] {
        let body = try ZStream.deflate(bytes, level: 9, window: rawWindow)
        let trailer = littleEndian(checksum(bytes)) + littleEndian(UInt32(truncatingIfNeeded: bytes.count))
        let member = header + body + trailer
        try check(expanded: bytes.count, compressed: member.count, limits: limits)
        return member
    }

    /// The bytes inside of one gzip member.
    ///
    /// - Throws: ``ArchiveError`` with code `notCanonical` for another header or for bytes behind the member, `tooLarge`,
    ///   or `malformed`.
    public static func decompress(
        _ member: [UInt8],
        limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) -> [UInt8] {
        guard member.count >= header.count + trailerCount else {
            throw ArchiveError(.malformed, "the gzip file ends before its contents do")
        }
        guard member.starts(with: header) else {
            throw ArchiveError(
                .notCanonical,
                "the gzip header is not the one that a bundle has: without time, name and flags"
            )
        }
        // What the last eight bytes claim says how much memory is needed; it is checked before any is taken, and what
        // comes out must then be exactly that much.
        let trailer = Array(member[(member.count - trailerCount)...])
        let expectedChecksum = word(trailer[0..<4])
        let expectedCount = Int(word(trailer[4..<8]))
        try check(expanded: expectedCount, compressed: member.count, limits: limits)
        let body = member[header.count..<(member.count - trailerCount)]
        let bytes = try ZStream.inflate(body, count: expectedCount, window: rawWindow)
        guard checksum(bytes) == expectedChecksum else {
            throw ArchiveError(.malformed, "the gzip file is damaged: its checksum is not that of its contents")
        }
        return bytes
    }

    private static func check(expanded: Int, compressed: Int, limits: ArchiveLimits) throws(ArchiveError) {
        guard expanded <= limits.totalBytes else {
            throw ArchiveError(
                .tooLarge,
                "the archive has \(expanded) bytes uncompressed, and at most \(limits.totalBytes) are taken"
            )
        }
        guard expanded <= limits.freeExpansion || expanded / compressed < limits.expansion else {
            throw ArchiveError(
                .tooLarge,
                "the archive is \(expanded / compressed) times larger than its compressed form, and at most "
                    + "\(limits.expansion) times is taken: pack it as .tar"
            )
        }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        let sum = unsafe bytes.withUnsafeBufferPointer { bytes in unsafe crc32_z(0, bytes.baseAddress, bytes.count) }
        return UInt32(truncatingIfNeeded: sum)
    }

    private static func littleEndian(_ word: UInt32) -> [UInt8] {
        [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> $0) }
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
