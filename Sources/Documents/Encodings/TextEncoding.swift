/// How the bytes of a file are characters.
enum TextEncoding {
    /// UTF-8, or its part ASCII.
    case utf8
    /// An encoding of eight bits such as Latin-1: what is ASCII in it can be read.
    case eightBit
    /// They are none.
    case none

    /// Finds out the encoding of a file's bytes.
    init(of bytes: [UInt8]) {
        var beyondASCII = 0
        var controls = 0
        for byte in bytes {
            if byte == 0 {
                self = .none
                return
            }
            if byte >= 0x80 { beyondASCII += 1 }
            if byte.isForeignToText { controls += 1 }
        }
        if beyondASCII == 0 || String(validating: bytes, as: UTF8.self) != nil {
            self = .utf8
        } else {
            // Compressed or compiled bytes are half beyond ASCII and full of control characters; a text has few of both.
            self = controls * 100 <= bytes.count && beyondASCII * 3 <= bytes.count ? .eightBit : .none
        }
    }
}
