/// The character encoding of a file.
enum TextEncoding {
    /// UTF-8, including ASCII.
    case utf8
    /// An eight-bit encoding such as Latin-1, whose ASCII part can be read.
    case eightBit
    /// The bytes are not text.
    case none

    /// The number of leading bytes examined for UTF-16 without a byte order mark.
    private static let sample = 256

    /// Decodes bytes that look like UTF-16 or UTF-32, because of a byte order mark or a NUL in every other leading
    /// byte; nil if they do not look so, or do not decode to text.
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

    /// Determines the encoding of a file's bytes.
    init(of bytes: [UInt8]) {
        let (hasNUL, isASCII) = Self.look(at: bytes)
        if hasNUL {
            self = .none
        } else if isASCII || String(validating: bytes, as: UTF8.self) != nil {
            self = .utf8
        } else {
            // The loop has no branches, so that the compiler can vectorise it.
            var beyondASCII = 0
            var controls = 0
            for byte in bytes {
                beyondASCII &+= Int(byte >> 7)
                controls &+= byte.isForeignToText ? 1 : 0
            }
            // Half of compressed or compiled bytes are non-ASCII, and many are control characters; text has few of
            // either.
            self = controls * 100 <= bytes.count && beyondASCII * 3 <= bytes.count ? .eightBit : .none
        }
    }

    /// Whether any byte is zero, and whether all are ASCII, examined eight at a time.
    private static func look(at text: [UInt8]) -> (hasNUL: Bool, isASCII: Bool) {
        let bytes = unsafe text.span.bytes
        let (lowest, highest): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        var all: UInt64 = 0
        var zeros: UInt64 = 0
        var place = 0
        while place &+ 8 <= bytes.byteCount {
            let word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt64.self)
            all |= word
            // It is nonzero if any of the bytes is zero.
            zeros |= (word &- lowest) & ~word & highest
            place &+= 8
        }
        for byte in text[place...] {
            all |= UInt64(byte)
            if byte == 0 { zeros = 1 }
        }
        return (zeros != 0, all & highest == 0)
    }
}
