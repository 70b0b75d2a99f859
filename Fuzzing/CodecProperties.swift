@testable import Documents

/// The properties of every encoding: the first byte chooses it, the rest is a spelling and a value.
enum CodecProperties {
    private static let encodings: [Encoding] = [
        .jsonString, .jsonStringASCII, .yamlPlain, .yamlFlowPlain, .yamlSingleQuoted, .yamlDoubleQuoted,
        .yamlLiteral(indent: 2), .yamlFolded(indent: 2), .dotenvUnquoted, .dotenvSingleQuoted, .dotenvDoubleQuoted,
        .properties, .ini, .doubleQuoted, .singleQuoted, .shellSingleQuoted, .shellDoubleQuoted, .shellWord, .bare,
        .line, .field,
        .pgpassField, .csvQuoted, .tomlLiteral, .literal, .xml, .percent, .base64, .base64url, .hex, .gzip, .zlib,
        .zstandard,
        .quotedPrintable, .encodedWord, .ldifFolded,
    ]

    static func check(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let encoding = encodings[Int(first &- 0x41) % encodings.count]
        require(Encoding(rawValue: encoding.rawValue) == encoding, "an encoding's name is another's")
        let rest = Array(bytes.dropFirst())
        checkSpelling(rest, encoding)
        checkValue(rest, encoding)
    }

    /// Checks that a decoded spelling is encoded as it was, and that each of its bytes has its own place.
    private static func checkSpelling(_ raw: [UInt8], _ encoding: Encoding) {
        guard let decoded = try? encoding.decode(raw) else { return }
        let count = decoded.bytes.count
        let spelling = try? encoding.encode(decoded.bytes, like: raw[...])
        require(spelling == raw, "a \(encoding.rawValue) spelling is written in another way")
        var start = 0
        for index in 0..<min(count, 64) {
            let span = decoded.rawSpan(of: Span(index, index + 1))
            require(span.end <= raw.count, "a byte of \(encoding.rawValue) stands behind its spelling")
            require(span.start >= start, "bytes of \(encoding.rawValue) stand out of order")
            start = span.start
        }
        let escapes = encoding.escapes
        let mayEscape = raw.contains {
            $0 == escapes.first || $0 == escapes.second || escapes.hasLineBreaks && $0.isLineBreak
        }
        if !escapes.isAlways, !mayEscape {
            require(decoded.bytes == raw, "\(encoding.rawValue) has escapes where it is said to have none")
        }
    }

    /// Checks that an encoded value decodes to the same value.
    private static func checkValue(_ value: [UInt8], _ encoding: Encoding) {
        guard let spelling = try? encoding.encode(value) else { return }
        require((try? encoding.decode(spelling).bytes) == value, "\(encoding.rawValue) does not read back")
    }
}
