/// One tar header block (POSIX.1-2017, "ustar Interchange Format"), in one spelling.
struct TarHeader {
    /// The size of a block in bytes.
    static let blockCount = 512
    /// The size in bytes of the field for a whole name, or for the part after the prefix.
    static let nameCount = 100
    /// The size in bytes of the field for the folders before the name.
    static let prefixCount = 155

    /// What follows a header.
    enum Kind: UInt8 {
        /// A file's contents.
        case file = 0x30
        /// Records about the next header.
        case extended = 0x78
    }

    var kind: Kind
    var name: ArraySlice<UInt8>
    var prefix: ArraySlice<UInt8> = []
    var mode: Int
    var size: Int
    var modified: Int64

    /// The bytes of the block.
    var bytes: [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockCount)
        func put(_ bytes: some Collection<UInt8>, at offset: Int) {
            block.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
        }
        put(name, at: 0)
        put(Self.octal(mode, digits: 6) + [0x20, 0], at: 100)
        put(Self.octal(0, digits: 6) + [0x20, 0], at: 108)
        put(Self.octal(0, digits: 6) + [0x20, 0], at: 116)
        put(Self.octal(size, digits: 11) + [0x20], at: 124)
        put(Self.octal(Int(modified), digits: 11) + [0x20], at: 136)
        put(repeatElement(0x20, count: 8), at: 148)
        put(CollectionOfOne(kind.rawValue), at: 156)
        put("ustar\0".utf8, at: 257)
        put("00".utf8, at: 263)
        put(Self.octal(0, digits: 6) + [0x20, 0], at: 329)
        put(Self.octal(0, digits: 6) + [0x20, 0], at: 337)
        put(prefix, at: 345)
        // The checksum is the sum of all bytes, with its own field counted as blanks.
        let sum = block.reduce(0) { $0 + Int($1) }
        put(Self.octal(sum, digits: 6) + [0, 0x20], at: 148)
        return block
    }

    private static func octal(_ value: Int, digits count: Int) -> [UInt8] {
        precondition(value >= 0 && value >> (3 * count) == 0, "the limits of an archive keep each number in its field")
        return (0..<count).reversed().map { UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value >> (3 * $0) & 7) }
    }
}
