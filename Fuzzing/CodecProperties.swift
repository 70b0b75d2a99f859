@testable import Documents

/// What must hold for every encoding: the first byte chooses it, the others are a spelling and a value.
enum CodecProperties {
    private static let encodings: [Encoding] = [
        .jsonString, .jsonStringASCII, .yamlPlain, .yamlFlowPlain, .yamlSingleQuoted, .yamlDoubleQuoted,
        .yamlLiteral(indent: 2), .yamlFolded(indent: 2), .dotenvUnquoted, .dotenvSingleQuoted, .dotenvDoubleQuoted,
        .properties, .ini, .doubleQuoted, .singleQuoted, .shellSingleQuoted, .shellDoubleQuoted, .shellWord, .bare,
        .line, .field,
        .pgpassField, .csvQuoted, .tomlLiteral, .literal, .xml, .percent, .base64, .base64url, .hex, .gzip,
        .quotedPrintable,
    ]

    static func check(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let encoding = encodings[Int(first &- 0x41) % encodings.count]
        require(Encoding(rawValue: encoding.rawValue) == encoding, "an encoding's name is another's")
        let rest = Array(bytes.dropFirst())
        checkSpelling(rest, encoding)
        checkValue(rest, encoding)
    }

    /// What decodes is written as it was, and each of its bytes has its place.
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

    /// What can be written reads back as what it is.
    private static func checkValue(_ value: [UInt8], _ encoding: Encoding) {
        guard let spelling = try? encoding.encode(value) else { return }
        require((try? encoding.decode(spelling).bytes) == value, "\(encoding.rawValue) does not read back")
    }
}
