/// Writes a zip whose bytes depend only on its files: in byte order of their paths, with the earliest possible time.
///
/// libarchive's zips depend on the time zone and the locale of the process.
///
/// - SeeAlso: APPNOTE.TXT 6.3.10, sections 4.3 and 4.4.
enum ZipWriting {
    /// The version that a reader needs: 2.0, which has deflate.
    private static let version = 20
    /// Made by that version on Unix, whose modes are in the directory.
    private static let madeBy = 3 << 8 | version
    /// 1980-01-01, the first day of the format.
    private static let date = 1 << 5 | 1
    /// The name is UTF-8.
    private static let namesAreUTF8 = 1 << 11
    private static let deflated = 8
    private static let regularFile = 0o100000
    /// The size in bytes above which another form begins, which is not written.
    private static let largest = 1 << 31

    /// Writes a zip.
    ///
    /// - Throws: ``ArchiveError`` with code `unsafeName`, `nameCollision`, `tooLarge` or `failed`.
    static func zip(_ members: [Member]) throws(ArchiveError) -> [UInt8] {
        // The same rules apply to names as in a tar.
        let archive = try CanonicalArchive(members: members, modified: 0)
        guard members.count < 1 << 16, members.reduce(0, { $0 + $1.bytes.count }) < largest else {
            throw ArchiveError(.tooLarge, "the files do not fit into a zip")
        }
        var zip: [UInt8] = []
        var directory: [UInt8] = []
        for member in archive.members {
            let name = Array(member.path.utf8)
            let (method, packed) = try self.packed(member.bytes)
            var sum = Gzip.Trailer()
            sum.add(member.bytes)
            let flags = name.allSatisfy { $0 < 0x80 } ? 0 : namesAreUTF8
            let fields =
                number(version, 2) + number(flags, 2) + number(method, 2) + number(0, 2) + number(date, 2)
                + sum.bytes.prefix(4) + number(packed.count, 4) + number(member.bytes.count, 4)
                + number(name.count, 2) + number(0, 2)
            directory += [0x50, 0x4B, 1, 2] + number(madeBy, 2) + fields
            // No comment, the first disk, no attributes other than the mode, and the offset of the file.
            directory += number(0, 6) + number((regularFile | member.mode) << 16, 4) + number(zip.count, 4) + name
            zip += [0x50, 0x4B, 3, 4] + fields + name + packed
        }
        let end =
            [0x50, 0x4B, 5, 6] + number(0, 4) + number(members.count, 2) + number(members.count, 2)
            + number(directory.count, 4) + number(zip.count, 4) + number(0, 2)
        return zip + directory + end
    }

    /// The contents in the zip: compressed if that is shorter.
    private static func packed(_ bytes: [UInt8]) throws(ArchiveError) -> (method: Int, bytes: [UInt8]) {
        var packed: [UInt8] = []
        let deflater = try Deflater(level: 9)
        try deflater.push(bytes) { packed += $0 }
        try deflater.finish { packed += $0 }
        return packed.count < bytes.count ? (deflated, packed) : (0, bytes)
    }

    private static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
