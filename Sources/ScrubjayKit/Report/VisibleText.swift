/// Text that makes every character of a file or a path visible.
enum VisibleText {
    /// Returns `bytes` as visible text.
    ///
    /// Tabs stay; all other control characters, invisible and reordering characters (Unicode categories Cc, Cf, Zl and
    /// Zp) and invalid UTF-8 bytes are written as `\u{…}` and `\x…`.
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
