/// libarchive's pax writer, held to one form.
///
/// A name of ASCII characters is written in the plain header and, where it is too long for that, in a pax header; a name
/// with other characters always in a pax header that says `hdrcharset=BINARY`. That takes two streams into one output:
/// libarchive has the option for a whole archive only, and would then put such a header before every member, at each of
/// which GNU tar warns.
struct TarWriter: ~Copyable {
    private let output: PaxStream.Output
    private let plain: PaxStream
    private let binary: PaxStream
    private let modified: Int64

    /// Starts an archive whose members all have one time, in seconds since 1970.
    init(modified: Int64) throws(ArchiveError) {
        let output = PaxStream.Output()
        let plain = try PaxStream(into: output)
        let binary = try PaxStream(into: output)
        try plain.open(names: .ascii)
        try binary.open(names: .binary)
        self.output = output
        self.plain = plain
        self.binary = binary
        self.modified = modified
    }

    /// Writes the next member.
    borrowing func append(_ member: Member) throws(ArchiveError) {
        if member.path.utf8.allSatisfy({ $0 < 0x80 }) {
            try plain.append(member, modified: modified)
        } else {
            try binary.append(member, modified: modified)
        }
    }

    /// Writes the end and gives all bytes.
    consuming func finish() throws(ArchiveError) -> [UInt8] {
        try plain.close()
        return output.bytes
    }
}
