/// Base32 (RFC 4648 section 6) in upper case, padded or not, on one line or wrapped at any width.
///
/// A text counts as base32 only if encoding its decoded bytes again gives the same text.
package enum Base32Codec {
    /// The form of a base32 text.
    private struct Form {
        /// Whether the last group is padded with `=`.
        var isPadded = true
        /// The number of digits in a full line; nil for a text on one line.
        var width: Int?
        /// The separator of lines.
        var separator: [UInt8] = [.newline]

        /// Determines the form of a text; a text that needs no padding counts as padded.
        init(of raw: ArraySlice<UInt8>) {
            if let lineEnd = raw.firstIndex(where: \.isWhitespace) {
                width = lineEnd - raw.startIndex
                separator = Array(raw[lineEnd...].prefix(while: \.isWhitespace))
            }
            let digits = raw.count { !$0.isWhitespace && $0 != .equals }
            isPadded = digits.isMultiple(of: 8) || raw.contains(.equals)
        }

        /// The padded form on one line.
        init() {}
    }

    /// The value of a digit; nil for any other byte.
    static func digitValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x32...0x37: byte - 0x32 + 26
        default: nil
        }
    }

    static func decode(_ raw: ArraySlice<UInt8>) throws(DocumentError) -> DecodedText {
        guard let bytes = bytes(of: raw), encode(bytes, like: raw).elementsEqual(raw) else {
            throw DocumentError(
                .malformed,
                at: Span(raw.startIndex, raw.endIndex),
                "a text is not base32, or would not be encoded the same way again"
            )
        }
        return DecodedText(opaque: bytes, spelledBy: raw)
    }

    static func encode(_ value: [UInt8], like raw: ArraySlice<UInt8>?) -> [UInt8] {
        let form = raw.map { Form(of: $0) } ?? Form()
        var digits = digits(of: value)
        while form.isPadded, !digits.count.isMultiple(of: 8) { digits.append(.equals) }
        guard let width = form.width, width > 0 else { return digits }
        var text: [UInt8] = []
        for (column, digit) in digits.enumerated() {
            if column > 0, column.isMultiple(of: width) { text += form.separator }
            text.append(digit)
        }
        return text
    }

    /// Returns the digits of a value, without padding.
    package static func digits(of value: [UInt8]) -> [UInt8] {
        var digits: [UInt8] = []
        digits.reserveCapacity(value.count / 5 * 8 + 8)
        var group: UInt32 = 0
        var bits: UInt32 = 0
        func put(_ digit: UInt32) {
            let value = UInt8(truncatingIfNeeded: digit & 31)
            digits.append(value < 26 ? 0x41 + value : 0x32 + value - 26)
        }
        for byte in value {
            group = group << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                put(group >> bits)
            }
            group &= 31
        }
        if bits > 0 { put(group << (5 - bits)) }
        return digits
    }

    /// The minimum number of digits of a text; fewer may be the seed of a one-time password.
    private static let shortestText = 24

    /// Returns the text that digits encode, without leftover bits; nil if a byte is not a digit, or the result is not
    /// text.
    package static func text(of digits: ArraySlice<UInt8>) -> [UInt8]? {
        guard digits.count >= shortestText, digits.allSatisfy({ digitValue($0) != nil }), let bytes = bytes(of: digits),
            bytes.allSatisfy({ (0x20..<0x7F).contains($0) || $0.isWhitespace })
        else { return nil }
        return bytes
    }

    /// Returns the bytes that digits encode, without leftover bits; nil if a byte is not a digit.
    static func bytes(of raw: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(raw.count / 8 * 5 + 5)
        var group: UInt32 = 0
        var bits: UInt32 = 0
        for byte in raw where !byte.isWhitespace && byte != .equals {
            guard let value = digitValue(byte) else { return nil }
            group = group << 5 | UInt32(value)
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: group >> bits))
            }
        }
        return bytes
    }
}
