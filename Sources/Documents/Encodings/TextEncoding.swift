/// How the bytes of a file are characters.
enum TextEncoding {
    /// UTF-8, or its part ASCII.
    case utf8
    /// An encoding of eight bits such as Latin-1: what is ASCII in it can be read.
    case eightBit
    /// They are none.
    case none

    /// Whether bytes look like UTF-16: a byte order mark, or a NUL in every other of the first bytes.
    static func isUTF16(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
        let head = bytes.prefix(256)
        guard head.count >= 4 else { return false }
        return [0, 1].contains { parity in
            head.indices.allSatisfy { head[$0] == 0 ? $0 % 2 == parity : $0 % 2 != parity }
        }
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
