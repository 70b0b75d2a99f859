/// Small archives made byte by byte, without the libraries that read them.
package enum HandmadeArchive {
    /// A zip with its files as they are, APPNOTE 4.3.
    package static func zip(_ files: [(name: String, bytes: [UInt8])], flags: Int = 0) -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        var zip: [UInt8] = []
        var directory: [UInt8] = []
        for (name, bytes) in files {
            let fields =
                number(20, 2) + number(flags, 2) + number(0, 2) + number(0, 2) + number(0x21, 2) + number(crc(bytes), 4)
                + number(bytes.count, 4) + number(bytes.count, 4) + number(name.utf8.count, 2) + number(0, 2)
            directory += [0x50, 0x4B, 1, 2] + number(20, 2) + fields + number(0, 2) + number(0, 2) + number(0, 2)
            directory += number(0, 4) + number(zip.count, 4) + Array(name.utf8)
            zip += [0x50, 0x4B, 3, 4] + fields + Array(name.utf8) + bytes
        }
        let end =
            [0x50, 0x4B, 5, 6] + number(0, 4) + number(files.count, 2) + number(files.count, 2)
            + number(directory.count, 4) + number(zip.count, 4) + number(0, 2)
        return zip + directory + end
    }

    private static func crc(_ bytes: [UInt8]) -> Int {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return Int(~crc)
    }

    /// A frame of Zstandard with one block that is not compressed, RFC 8878 section 3.1.
    package static func zstandard(_ bytes: [UInt8]) -> [UInt8] {
        let header = bytes.count << 3 | 1
        let block = (0..<3).map { UInt8(truncatingIfNeeded: header >> (8 * $0)) }
        return [0x28, 0xB5, 0x2F, 0xFD, 0x20, UInt8(bytes.count)] + block + bytes
    }
}
