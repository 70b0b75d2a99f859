/// The canonical form of members, specified in `docs/formats/bundle.md`.
///
/// These few rules are implemented here rather than by libarchive, so that the bytes do not depend on its version. Its
/// headers for long names changed with a security fix (CVE-2025-5917), and its treatment of non-ASCII names depends on
/// the locale. libarchive reads, so two implementations must agree on each archive.
enum TarEncoding {
    /// The largest size that eleven octal digits hold.
    private static let largestSize = (1 << 33) - 1
    /// The name in the header of records, which only readers that do not know them use.
    private static let nameOfExtendedHeader = Array("PaxHeader".utf8)[...]
    /// The name in the header of a file whose path is in the preceding records; a truncated path could end in `..`.
    private static let nameOfFile = Array("PaxFile".utf8)[...]

    /// The two blocks of zeros that end an archive.
    static let end = [UInt8](repeating: 0, count: 2 * TarHeader.blockCount)

    /// Returns the header of a member, after an extended header if one is needed.
    static func header(of entry: ArchiveEntry, modified: Int64) -> [UInt8] {
        let path = Array(entry.path.utf8)
        let fields = split(path)
        let fitsSize = entry.size <= largestSize
        var bytes: [UInt8] = []
        if fields == nil || !fitsSize {
            let records = (fields == nil ? records(path: path) : []) + (fitsSize ? [] : record("size", entry.size))
            bytes +=
                TarHeader(
                    kind: .extended,
                    name: nameOfExtendedHeader,
                    mode: entry.mode,
                    size: records.count,
                    modified: modified
                ).bytes
            bytes += records + padding(after: records.count)
        }
        return bytes
            + TarHeader(
                kind: .file,
                name: fields?.name ?? nameOfFile,
                prefix: fields?.prefix ?? [],
                mode: entry.mode,
                size: fitsSize ? entry.size : 0,
                modified: modified
            ).bytes
    }

    /// Returns the zeros that fill the last block of a member's contents.
    static func padding(after size: Int) -> [UInt8] {
        let excess = size % TarHeader.blockCount
        return excess == 0 ? [] : [UInt8](repeating: 0, count: TarHeader.blockCount - excess)
    }

    /// Returns the size of a whole archive in bytes.
    static func count(of entries: [ArchiveEntry]) -> Int {
        entries.reduce(end.count) { $0 + header(of: $1, modified: 0).count + $1.size + padding(after: $1.size).count }
    }

    /// Splits a path for the two fields of a header; nil if it does not fit, or is not ASCII.
    private static func split(_ path: [UInt8]) -> (prefix: ArraySlice<UInt8>, name: ArraySlice<UInt8>)? {
        guard path.allSatisfy({ $0 < 0x80 }) else { return nil }
        if path.count <= TarHeader.nameCount { return ([], path[...]) }
        // The first slash after which the rest fits.
        let earliest = path.count - TarHeader.nameCount - 1
        guard let slash = path[max(1, earliest)...].firstIndex(of: UInt8(ascii: "/")), slash <= TarHeader.prefixCount
        else { return nil }
        return (path[..<slash], path[(slash + 1)...])
    }

    /// Returns the records that give the next header its path.
    private static func records(path: [UInt8]) -> [UInt8] {
        // Readers assume a UTF-8 path; but libarchive would convert it for its process's locale, and a program that has
        // set none would lose it.
        let isASCII = path.allSatisfy { $0 < 0x80 }
        return (isASCII ? [] : record("hdrcharset", Array("BINARY".utf8))) + record("path", path)
    }

    private static func record(_ key: String, _ number: Int) -> [UInt8] { record(key, Array(String(number).utf8)) }

    /// Returns `length key=value` and a line feed; the length is that of the whole record, including itself.
    private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [UInt8(ascii: "\n")]
        var length = rest.count + 1
        while String(length).utf8.count + rest.count > length { length += 1 }
        return Array(String(length).utf8) + rest
    }
}
