/// Quickly rules out that base64 digits encode text.
///
/// Words, paths and hashes use the same characters, and most of them decode to non-text within their first few digits.
package enum Base64Probe {
    /// The number of digits examined.
    private static let reach = 64
    /// The six bits of each digit; 255 for other bytes.
    private static let values: [UInt8] = (UInt8.min...UInt8.max).map { Base64Codec.digitValue($0) ?? 255 }

    /// Whether the digits from `start` to `end` of `text`, as far as examined, may encode UTF-8 text without control
    /// characters.
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
