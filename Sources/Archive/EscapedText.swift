/// Returns untrusted bytes as text that is safe to show on a terminal.
///
/// Printable characters stay. A backslash, a control character, a reordering character, and a byte that is not UTF-8
/// become an escape: `\\`, `\t`, `\n`, `\r`, `\xNN` for a byte and `\u{NNNN}` for a character.
package func escaped(_ bytes: some Sequence<UInt8>) -> String {
    let bytes = Array(bytes)
    var output = ""
    var offset = 0
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    while true {
        switch parser.parseScalar(from: &iterator) {
        case .valid(let encoded):
            offset += encoded.count
            output += escaped(Unicode.UTF8.decode(encoded))
        case .error(let length):
            for byte in bytes[offset..<(offset + length)] { output += "\\x" + twoDigits(byte) }
            offset += length
        case .emptyInput:
            return output
        }
    }
}

private func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\\": "\\\\"
    case "\t": "\\t"
    case "\n": "\\n"
    case "\r": "\\r"
    case _ where isUnprintable(scalar):
        scalar.value < 0x80 ? "\\x" + twoDigits(UInt8(scalar.value)) : "\\u{\(String(scalar.value, radix: 16))}"
    default: String(scalar)
    }
}

private func twoDigits(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
}

/// Whether a character affects a terminal or the text around it instead of being displayed: control characters, line
/// and paragraph separators, and reordering marks (Unicode Standard Annex 9).
func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
}
