/// Writes members in the canonical form, which `docs/formats/bundle.md` specifies.
///
/// These few rules are written here, and not by libarchive, so that the bytes do not depend on its version: what it puts
/// into the headers of long names has changed with a security fix (CVE-2025-5917), and what it does with names that are
/// not ASCII depends on the locale of the process. libarchive reads; so two implementations must agree on each archive.
struct TarWriter {
    private let modified: Int64
    private(set) var bytes: [UInt8] = []

    /// Starts an archive whose members all have one time, in seconds since 1970.
    init(modified: Int64) {
        self.modified = modified
    }

    /// Writes the next member.
    mutating func append(_ member: Member) {
        let path = Array(member.path.utf8)
        let fields = Self.split(path)
        if fields == nil { appendExtendedHeader(for: path, mode: member.mode) }
        let header = TarHeader(
            kind: .file,
            name: fields?.name ?? Self.nameOfFile,
            prefix: fields?.prefix ?? [],
            mode: member.mode,
            size: member.bytes.count,
            modified: modified
        )
        append(header, contents: member.bytes)
    }

    /// Writes the two blocks of zeros that end an archive.
    mutating func finish() {
        bytes += repeatElement(0, count: 2 * TarHeader.blockCount)
    }

    private mutating func append(_ header: TarHeader, contents: [UInt8]) {
        bytes += header.bytes
        bytes += contents
        let excess = contents.count % TarHeader.blockCount
        if excess > 0 { bytes += repeatElement(0, count: TarHeader.blockCount - excess) }
    }
}

// MARK: - Names

extension TarWriter {
    /// What stands in the header of records, where only a reader that does not know them looks.
    private static let nameOfExtendedHeader = Array("PaxHeader".utf8)[...]
    /// What stands in the header of a file whose path is in the records before; a path cut off could end in `..`.
    private static let nameOfFile = Array("PaxFile".utf8)[...]

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

    /// Writes the records that give the next header its path.
    private mutating func appendExtendedHeader(for path: [UInt8], mode: Int) {
        // The path is UTF-8, which is what a reader takes for granted; but libarchive would translate it for the locale
        // of its process, and a program that has set none would lose it.
        let charset = path.allSatisfy { $0 < 0x80 } ? [] : Self.record("hdrcharset", Array("BINARY".utf8))
        let records = charset + Self.record("path", path)
        let header = TarHeader(
            kind: .extended,
            name: Self.nameOfExtendedHeader,
            mode: mode,
            size: records.count,
            modified: modified
        )
        append(header, contents: records)
    }

    /// `length key=value` and a line feed; the length counts the whole record, itself included.
    private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [UInt8(ascii: "\n")]
        var length = rest.count + 1
        while String(length).utf8.count + rest.count > length { length += 1 }
        return Array(String(length).utf8) + rest
    }
}
