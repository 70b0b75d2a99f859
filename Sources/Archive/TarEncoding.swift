/// How members are spelled in the canonical form, which `docs/formats/bundle.md` specifies.
///
/// These few rules are written here, and not by libarchive, so that the bytes do not depend on its version: what it puts
/// into the headers of long names has changed with a security fix (CVE-2025-5917), and what it does with names that are
/// not ASCII depends on the locale of the process. libarchive reads; so two implementations must agree on each archive.
enum TarEncoding {
    /// The largest size that eleven octal digits hold.
    private static let largestSize = (1 << 33) - 1
    /// What stands in the header of records, where only a reader that does not know them looks.
    private static let nameOfExtendedHeader = Array("PaxHeader".utf8)[...]
    /// What stands in the header of a file whose path is in the records before; a path cut off could end in `..`.
    private static let nameOfFile = Array("PaxFile".utf8)[...]

    /// The two blocks of zeros that end an archive.
    static let end = [UInt8](repeating: 0, count: 2 * TarHeader.blockCount)

    /// The header of a member, with the extended header before it where there must be one.
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

    /// The zeros that fill the last block of a member's contents.
    static func padding(after size: Int) -> [UInt8] {
        let excess = size % TarHeader.blockCount
        return excess == 0 ? [] : [UInt8](repeating: 0, count: TarHeader.blockCount - excess)
    }

    /// The number of bytes of a whole archive.
    static func count(of entries: [ArchiveEntry]) -> Int {
        entries.reduce(end.count) { $0 + header(of: $1, modified: 0).count + $1.size + padding(after: $1.size).count }
    }

    /// A path in the two fields of a header; nil where it does not fit, or is not ASCII.
    private static func split(_ path: [UInt8]) -> (prefix: ArraySlice<UInt8>, name: ArraySlice<UInt8>)? {
        guard path.allSatisfy({ $0 < 0x80 }) else { return nil }
        if path.count <= TarHeader.nameCount { return ([], path[...]) }
        // The first slash behind which the rest fits.
        let earliest = path.count - TarHeader.nameCount - 1
        guard let slash = path[max(1, earliest)...].firstIndex(of: UInt8(ascii: "/")), slash <= TarHeader.prefixCount
        else { return nil }
        return (path[..<slash], path[(slash + 1)...])
    }

    /// The records that give the next header its path.
    private static func records(path: [UInt8]) -> [UInt8] {
        // The path is UTF-8, which is what a reader takes for granted; but libarchive would translate it for the locale
        // of its process, and a program that has set none would lose it.
        let isASCII = path.allSatisfy { $0 < 0x80 }
        return (isASCII ? [] : record("hdrcharset", Array("BINARY".utf8))) + record("path", path)
    }

    private static func record(_ key: String, _ number: Int) -> [UInt8] { record(key, Array(String(number).utf8)) }

    /// `length key=value` and a line feed; the length counts the whole record, itself included.
    private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [UInt8(ascii: "\n")]
        var length = rest.count + 1
        while String(length).utf8.count + rest.count > length { length += 1 }
        return Array(String(length).utf8) + rest
    }
}
