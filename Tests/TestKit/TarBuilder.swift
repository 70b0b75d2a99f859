/// Builds tar archives byte by byte, from the format's definition (POSIX.1-2017, pax) and without libarchive: good ones
/// to compare with, and bad ones that no tool would write.
package struct TarBuilder {
    package var bytes: [UInt8] = []

    package init() {}

    /// The fields of a header block, in the spelling of the canonical form.
    package struct Header {
        package var name: [UInt8] = []
        package var prefix: [UInt8] = []
        package var mode = 0o644
        package var uid = 0
        package var gid = 0
        package var size = 0
        package var time = 1_700_000_000
        package var type: Character = "0"
        package var link: [UInt8] = []
        package var userName: [UInt8] = []
        package var deviceMajor = 0
        package var checksumOffset = 0
        package var deviceMinor = 0
        package var magic = Array("ustar\u{0}00".utf8)
        /// What stands in the field of the size instead of its digits.
        package var rawSize: [UInt8]?

        package init(_ name: String) { self.name = Array(name.utf8) }

        package var block: [UInt8] {
            var block = [UInt8](repeating: 0, count: 512)
            func put(_ bytes: [UInt8], at offset: Int) {
                block.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
            }
            func octal(_ value: Int, digits: Int) -> [UInt8] {
                let text = String(value, radix: 8)
                return Array((String(repeating: "0", count: digits - text.count) + text).utf8)
            }
            put(Array(name.prefix(100)), at: 0)
            put(octal(mode, digits: 6) + [0x20, 0], at: 100)
            put(octal(uid, digits: 6) + [0x20, 0], at: 108)
            put(octal(gid, digits: 6) + [0x20, 0], at: 116)
            put(rawSize ?? octal(size, digits: 11) + [0x20], at: 124)
            put(octal(time, digits: 11) + [0x20], at: 136)
            put([UInt8](repeating: 0x20, count: 8), at: 148)
            put(Array(String(type).utf8), at: 156)
            put(Array(link.prefix(100)), at: 157)
            put(magic, at: 257)
            put(userName, at: 265)
            put(octal(deviceMajor, digits: 6) + [0x20, 0], at: 329)
            put(octal(deviceMinor, digits: 6) + [0x20, 0], at: 337)
            put(Array(prefix.prefix(155)), at: 345)
            let sum = block.reduce(0) { $0 + Int($1) } + checksumOffset
            put(octal(sum, digits: 6) + [0, 0x20], at: 148)
            return block
        }
    }

    /// Adds a header block and contents, padded to whole blocks.
    package mutating func add(_ header: Header, contents: [UInt8] = []) {
        var header = header
        if header.size == 0 { header.size = contents.count }
        bytes += header.block
        bytes += contents
        bytes += [UInt8](repeating: 0, count: (512 - contents.count % 512) % 512)
    }

    /// Adds a regular file.
    package mutating func add(file name: String, _ contents: String = "x\n") {
        add(Header(name), contents: Array(contents.utf8))
    }

    /// Adds an extended header with records of key and value.
    package mutating func add(records: [(String, [UInt8])], type: Character = "x", name: String = "PaxHeader/x") {
        var header = Header(name)
        header.type = type
        add(header, contents: records.flatMap { Self.record($0.0, $0.1) })
    }

    /// `length key=value` with a line feed, the length counting itself.
    package static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [0x0A]
        var length = rest.count + 1
        while String(length).utf8.count + rest.count != length { length += 1 }
        return Array(String(length).utf8) + rest
    }

    /// Adds the two blocks of zeros that end an archive.
    package mutating func end() { bytes += [UInt8](repeating: 0, count: 1024) }

    /// Adds a file as `docs/formats/bundle.md` says.
    package mutating func add(canonical path: String, mode: Int, contents: [UInt8]) {
        let bytes = Array(path.utf8)
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        var header = Header("PaxFile")
        header.mode = mode
        if isASCII, bytes.count <= 100 {
            header.name = bytes
        } else if isASCII,
            let slash = bytes.indices.first(where: { $0 > 0 && bytes[$0] == 0x2F && bytes.count - $0 <= 101 }),
            slash <= 155
        {
            header.prefix = Array(bytes[..<slash])
            header.name = Array(bytes[(slash + 1)...])
        } else {
            var extended = Header("PaxHeader")
            extended.mode = mode
            extended.type = "x"
            let charset = isASCII ? [] : Self.record("hdrcharset", Array("BINARY".utf8))
            add(extended, contents: charset + Self.record("path", bytes))
        }
        add(header, contents: contents)
    }

    /// A whole archive.
    package static func archive(_ build: (inout TarBuilder) -> Void) -> [UInt8] {
        var builder = TarBuilder()
        build(&builder)
        builder.end()
        return builder.bytes
    }
}
