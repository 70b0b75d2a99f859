/// An untrusted text in a form that is safe to show on a terminal or a page.
///
/// Visible characters are kept. Control characters, invisible characters, those that reorder the text around them, and
/// bytes that are not UTF-8 are written as escapes: `\t`, `\n`, `\r`, `\xNN` for a byte, and `\u{NNNN}` for a
/// character.
package struct EscapedText: Sendable {
    /// The text with its escapes.
    package let text: String

    /// Escapes the text of bytes.
    ///
    /// - Parameters:
    ///   - bytes: the bytes.
    ///   - keepsTabs: whether tabs stay as they are.
    ///   - isReversible: whether backslashes are doubled, so that different texts stay different.
    package init(
        _ bytes: some Sequence<UInt8>,
        keepingTabs keepsTabs: Bool = false,
        reversibly isReversible: Bool = false
    ) {
        let bytes = Array(bytes)
        var output = ""
        var offset = 0
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        decoding: while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded):
                offset += encoded.count
                let scalar = Unicode.UTF8.decode(encoded)
                switch scalar {
                case "\t" where keepsTabs: output.unicodeScalars.append(scalar)
                case "\\" where isReversible: output += "\\\\"
                case _ where Self.canBeSeen(scalar): output.unicodeScalars.append(scalar)
                default: output += Self.escape(of: scalar)
                }
            case .error(let length):
                for byte in bytes[offset..<(offset + length)] { output += "\\x" + Self.twoDigits(byte) }
                offset += length
            case .emptyInput: break decoding
            }
        }
        text = output
    }

    /// Whether a character is visible, and does not affect a terminal or the text around it.
    ///
    /// Characters of the general categories Cc, Cf, Zl and Zp are not. These are control characters, the marks that
    /// reorder text (Unicode Standard Annex 9), zero-width spaces and joiners, soft hyphens, tags, and separators of
    /// lines and paragraphs.
    static func canBeSeen(_ scalar: Unicode.Scalar) -> Bool {
        if (0x20..<0x7F).contains(scalar.value) { return true }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    private static func escape(of scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\t": "\\t"
        case "\n": "\\n"
        case "\r": "\\r"
        default:
            scalar.isASCII
                ? "\\x" + twoDigits(UInt8(truncatingIfNeeded: scalar.value))
                : "\\u{\(String(scalar.value, radix: 16))}"
        }
    }

    private static func twoDigits(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}

/// Returns the text of bytes with reversible escapes, so that different bytes give different texts; see
/// ``EscapedText``.
package func escaped(_ bytes: some Sequence<UInt8>) -> String { EscapedText(bytes, reversibly: true).text }
