/// How the bytes of a file are characters.
enum TextEncoding {
    /// UTF-8, or its part ASCII.
    case utf8
    /// An encoding of eight bits such as Latin-1: what is ASCII in it can be read.
    case eightBit
    /// They are none.
    case none

    /// How many of the first bytes tell about UTF-16 without a byte order mark.
    private static let sample = 256

    /// The encoding of bytes that look like UTF-16 or UTF-32: a byte order mark, or a NUL in every other of the first bytes;
    /// nil where they look like neither, or do not decode to text.
    static func wide(_ bytes: [UInt8]) -> (encoding: Encoding, text: DecodedText)? {
        guard let encoding = wideEncoding(of: bytes), let text = try? encoding.decode(bytes) else { return nil }
        let controls = text.bytes.count(where: \.isForeignToText)
        return controls * 100 <= text.bytes.count ? (encoding, text) : nil
    }

    private static func wideEncoding(of bytes: [UInt8]) -> Encoding? {
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]), bytes.count.isMultiple(of: 4) { return .utf32LittleEndian }
        if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return .utf32BigEndian }
        if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        let head = bytes.prefix(sample)
        guard head.count >= 4 else { return nil }
        let parity = [0, 1].first { parity in
            head.indices.allSatisfy { head[$0] == 0 ? $0 % 2 == parity : $0 % 2 != parity }
        }
        return parity.map { $0 == 0 ? .utf16BigEndian : .utf16LittleEndian }
    }

    /// Finds out the encoding of a file's bytes.
    init(of bytes: [UInt8]) {
        // Both loops have no branch, so that they take many bytes at once.
        var all: UInt8 = 0
        var zeros = 0
        for byte in bytes {
            all |= byte
            zeros &+= byte == 0 ? 1 : 0
        }
        if zeros > 0 {
            self = .none
        } else if all < 0x80 || String(validating: bytes, as: UTF8.self) != nil {
            self = .utf8
        } else {
            var beyondASCII = 0
            var controls = 0
            for byte in bytes {
                beyondASCII &+= Int(byte >> 7)
                controls &+= byte.isForeignToText ? 1 : 0
            }
            // Compressed or compiled bytes are half beyond ASCII and full of control characters; a text has few of both.
            self = controls * 100 <= bytes.count && beyondASCII * 3 <= bytes.count ? .eightBit : .none
        }
    }
}
