/// Determines quickly, from the first few digits, what base64 digits may encode.
///
/// Usually they do not encode a text: words, paths and hashes are written with the same characters, and most of them
/// decode to something else within their first few digits.
package enum Base64Probe {
    /// The type of data that digits may encode.
    package enum Content {
        /// UTF-8 text.
        case text
        /// UTF-16 text, as in PowerShell's encoded commands.
        case wideText
        /// A login and its password, each preceded by a NUL, as in SASL (RFC 4616).
        case login
        /// Compressed data.
        case gzip, zlib, zstandard
    }

    /// Returns what the digits from `start` to `end` of `text` may encode, judging by the first few; nil if they do not
    /// encode anything that contains text.
    package static func beginning(_ text: [UInt8], from start: Int, to end: Int) -> Content? {
        if maySpellText(text, from: start, to: end) { return .text }
        guard end - start >= shortestOther else { return nil }
        if beginsLogin(text, from: start) { return .login }
        // The first three bytes of gzip are 1F 8B 08.
        if text.has("H4sI", at: start, before: end) { return .gzip }
        // The first four bytes of Zstandard are 28 B5 2F FD.
        if text.has("KLUv/", at: start, before: end) || text.has("KLUv_", at: start, before: end) { return .zstandard }
        if beginsZlib(text, from: start) { return .zlib }
        return maySpellWideText(text, from: start) ? .wideText : nil
    }

    /// The minimum number of digits of anything other than UTF-8 text.
    private static let shortestOther = 16

    /// Whether the digits from `start` encode a NUL and an ASCII character.
    private static func beginsLogin(_ text: [UInt8], from start: Int) -> Bool {
        guard text[start] == UInt8(ascii: "A") else { return false }
        let digits = text[(start + 1)..<(start + 3)].map { values[Int($0)] }
        return digits[0] < 16 && digits[1] < 64 && 0x21..<0x7F ~= digits[0] << 4 | digits[1] >> 2
    }

    /// Whether the digits from `start` encode the header of zlib (RFC 1950 section 2.2): a window of 32 KiB, no
    /// dictionary, and check bits that make the header a multiple of 31.
    private static func beginsZlib(_ text: [UInt8], from start: Int) -> Bool {
        guard text.has("e", at: start, before: text.count) else { return false }
        let digits = text[start..<(start + 3)].map { UInt32(values[Int($0)]) }
        guard digits.allSatisfy({ $0 < 64 }) else { return false }
        let header = (digits[0] << 12 | digits[1] << 6 | digits[2]) >> 2
        return header >> 8 == 0x78 && header & 0x20 == 0 && header.isMultiple(of: 31)
    }

    /// Whether the eight digits from `start` encode three ASCII characters, each followed by a NUL, or begin with the
    /// byte order mark.
    private static func maySpellWideText(_ text: [UInt8], from start: Int) -> Bool {
        let zero = UInt8(ascii: "A")
        if text[start + 4] == zero, text[start + 7] == zero {
            return text[start] != zero && values[Int(text[start + 1])] & 15 == 0 && values[Int(text[start + 2])] < 2
        }
        return text.has("//", at: start, before: text.count) && 56...59 ~= values[Int(text[start + 2])]
    }

    /// The number of digits examined.
    private static let reach = 64
    /// The six bits of each digit; 255 for other bytes.
    private static let values: [UInt8] = (UInt8.min...UInt8.max).map { Base64Codec.digitValue($0) ?? 255 }

    /// Whether the digits from `start` to `end` of `text` may encode UTF-8 text without control characters, judging by
    /// those that are examined.
    package static func maySpellText(_ text: [UInt8], from start: Int, to end: Int) -> Bool {
        let values = values
        var group: UInt32 = 0
        var bits: UInt32 = 0
        var continuations = 0
        for position in start..<min(end, start + reach) {
            let value = values[Int(text[position])]
            // Padding and line breaks are left to the decoder.
            guard value < 64 else { return true }
            group = group << 6 | UInt32(value)
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            guard takes(UInt8(truncatingIfNeeded: group >> bits), &continuations) else { return false }
        }
        return true
    }

    /// Whether a byte may follow the ones before it, whose last character is missing `continuations` bytes.
    @inline(__always)
    private static func takes(_ byte: UInt8, _ continuations: inout Int) -> Bool {
        if continuations > 0 {
            continuations -= 1
            return byte & 0xC0 == 0x80
        }
        switch byte {
        case 0x20..<0x7F, 0x09...0x0D: return true
        case 0xC2...0xDF: continuations = 1
        case 0xE0...0xEF: continuations = 2
        case 0xF0...0xF4: continuations = 3
        default: return false
        }
        return true
    }
}
