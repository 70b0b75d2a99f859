/// Base64 (RFC 4648 sections 4 and 5), on one line or wrapped at any width.
///
/// A text counts as base64 only if encoding its decoded bytes again gives the same text, so that an edit inside it
/// changes nothing but the value.
package enum Base64Codec {
    /// The form of a base64 text.
    struct Form {
        /// Whether 62 and 63 are `-` and `_` instead of `+` and `/`.
        var usesURLAlphabet = false
        /// Whether the last group is padded with `=`.
        var isPadded = true
        /// The number of digits in a full line; nil for a text on one line.
        var width: Int?
        /// The separator of lines: a line break, and the indentation of the next line.
        var separator: [UInt8] = [.newline]

        /// Determines the form of a text.
        ///
        /// If no digit distinguishes the alphabets, unpadded text is assumed to use the URL alphabet, as in a JSON Web
        /// Token, and padded text the standard one. A text that needs no padding counts as padded unless it uses the
        /// URL alphabet.
        init(of raw: ArraySlice<UInt8>) {
            let lineEnd = raw.firstIndex(where: \.isWhitespace)
            if let lineEnd {
                width = lineEnd - raw.startIndex
                separator = Array(raw[lineEnd...].prefix(while: \.isWhitespace))
            }
            var digits = 0
            var hasPadding = false
            var hasStandardDigit = false
            for byte in raw {
                switch byte {
                case .dash, .underscore: usesURLAlphabet = true
                case .plus, .slash: hasStandardDigit = true
                case .equals: hasPadding = true
                default: break
                }
                if !byte.isWhitespace && byte != .equals { digits += 1 }
            }
            let needsPadding = !digits.isMultiple(of: 4)
            isPadded = hasPadding || (!needsPadding && !usesURLAlphabet)
            if !isPadded && !hasStandardDigit { usesURLAlphabet = true }
        }

        /// The standard form on one line.
        init() {}

        /// The form of a JSON Web Token's parts (RFC 7515 section 2).
        static let token: Form = {
            var form = Form()
            form.usesURLAlphabet = true
            form.isPadded = false
            return form
        }()
    }

    static func decode(_ raw: ArraySlice<UInt8>, as form: Form) throws(DocumentError) -> DecodedText {
        guard let bytes = bytes(ofDigits: raw), encode(bytes, as: form).elementsEqual(raw) else {
            throw DocumentError(
                .malformed,
                at: Span(raw.startIndex, raw.endIndex),
                "a text is not base64, or would not be encoded the same way again"
            )
        }
        return DecodedText(opaque: bytes, spelledBy: raw)
    }

    /// The value of a digit in either alphabet; nil for any other byte.
    static func digitValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case .plus, .dash: 62
        case .slash, .underscore: 63
        default: nil
        }
    }

    /// Decodes digits of either alphabet, padded or not, with white space between them; nil if a byte is not a digit,
    /// or if digits are left over.
    package static func bytes(ofDigits text: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3 + 3)
        var group: UInt32 = 0
        var bits = 0
        var padding = 0
        for byte in text where !byte.isWhitespace {
            if byte == .equals {
                padding += 1
                continue
            }
            guard padding == 0, let value = digitValue(byte) else { return nil }
            group = group << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
            }
        }
        return padding <= 2 && bits < 6 ? bytes : nil
    }

    static func encode(_ value: [UInt8], as form: Form) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(value.count / 3 * 4 + 4)
        var column = 0
        func put(_ byte: UInt8) {
            if let width = form.width, column == width {
                text += form.separator
                column = 0
            }
            text.append(byte)
            column += 1
        }
        var index = 0
        while index < value.count {
            let count = min(3, value.count - index)
            var group: UInt32 = 0
            for offset in 0..<3 { group = group << 8 | (offset < count ? UInt32(value[index + offset]) : 0) }
            for position in 0..<4 {
                if position <= count {
                    put(digit(UInt8(truncatingIfNeeded: group >> UInt32(18 - 6 * position)) & 63, in: form))
                } else if form.isPadded {
                    put(.equals)
                }
            }
            index += count
        }
        return text
    }

    private static func digit(_ value: UInt8, in form: Form) -> UInt8 {
        switch value {
        case 0..<26: 0x41 + value
        case 26..<52: 0x61 + value - 26
        case 52..<62: 0x30 + value - 52
        case 62: form.usesURLAlphabet ? .dash : .plus
        default: form.usesURLAlphabet ? .underscore : .slash
        }
    }
}
