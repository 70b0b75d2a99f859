/// Bytes of a file or a path as a text of which every character can be seen.
enum VisibleText {
    /// The text of `bytes`: a tab stays; every other control character, what reorders text, what is invisible (Unicode
    /// categories Cc, Cf, Zl and Zp) and a byte that is not UTF-8 are written as `\u{…}` and `\x…`.
    static func text(of bytes: some Sequence<UInt8>) -> String {
        var result = ""
        var parser = Unicode.UTF8.ForwardParser()
        let bytes = Array(bytes)
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded):
                offset += encoded.count
                append(Unicode.UTF8.decode(encoded), to: &result)
            case .error(let length):
                for byte in bytes[offset..<(offset + length)] {
                    result += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
                }
                offset += length
            case .emptyInput: return result
            }
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar.properties.generalCategory {
        case .control where scalar != "\t", .format, .lineSeparator, .paragraphSeparator:
            text += "\\u{" + String(scalar.value, radix: 16) + "}"
        default: text.unicodeScalars.append(scalar)
        }
    }
}
