internal import Archive

extension Encoding {
    /// Whether a value must be encoded again as a whole when a part of it changes.
    public var isOpaque: Bool {
        [.base64, .base64url, .base32, .hex, .gzip, .zlib, .zstandard, .shellWord].contains(self)
    }

    /// Whether a value is the content of a YAML block scalar, which often is a text by itself.
    var isBlock: Bool {
        switch self {
        case .yamlLiteral, .yamlFolded: true
        default: false
        }
    }

    /// Decodes bytes through several encodings, outermost first; nil if they are invalid.
    package static func decoded(_ raw: ArraySlice<UInt8>, through encodings: [Encoding]) -> [UInt8]? {
        var bytes = Array(raw)
        for encoding in encodings {
            guard let decoded = try? encoding.decode(bytes[...]) else { return nil }
            bytes = decoded.bytes
        }
        return bytes
    }

    /// Decodes a value.
    ///
    /// Anything about which a language would only warn, or that similar languages read differently (an unknown escape
    /// such as `\d`, a reference such as `${NAME}`), stays literal.
    ///
    /// - Parameter raw: The encoded bytes, without the quotes around them. The offsets of the result are indices of
    ///   this slice.
    /// - Returns: The value, with the place in `raw` of each of its bytes.
    /// - Throws: `malformed` if the bytes are invalid in this encoding.
    public func decode(_ raw: ArraySlice<UInt8>) throws(DocumentError) -> DecodedText {
        switch self {
        case .bare, .line, .field, .tomlLiteral, .literal, .ini, .shellSingleQuoted:
            DecodedText(identity: raw)
        case .pgpassField:
            FieldCodec.decodePgpass(raw)
        case .csvQuoted:
            try FieldCodec.decodeCSV(raw)
        case .jsonString, .jsonStringASCII:
            try BackslashCodec.json.decode(raw)
        case .doubleQuoted:
            try BackslashCodec.doubleQuoted.decode(raw)
        case .singleQuoted:
            try BackslashCodec.singleQuoted.decode(raw)
        case .properties:
            try BackslashCodec.properties.decode(raw)
        case .shellDoubleQuoted:
            try BackslashCodec.shell.decode(raw)
        case .shellWord:
            try ShellWordCodec.decode(raw)
        case .dotenvUnquoted:
            DotenvCodec.decodeUnquoted(raw)
        case .dotenvSingleQuoted:
            DotenvCodec.decodeSingleQuoted(raw)
        case .dotenvDoubleQuoted:
            DotenvCodec.decodeDoubleQuoted(raw)
        case .yamlPlain, .yamlFlowPlain:
            YAMLCodec.decodePlain(raw)
        case .yamlSingleQuoted:
            try YAMLCodec.decodeSingleQuoted(raw)
        case .yamlDoubleQuoted:
            try YAMLCodec.decodeDoubleQuoted(raw)
        case .yamlLiteral(let indent):
            YAMLCodec.decodeLiteral(raw, indent: indent)
        case .yamlFolded(let indent):
            YAMLCodec.decodeFolded(raw, indent: indent)
        case .xml:
            try XMLCodec.decode(raw)
        case .percent:
            try PercentCodec.decode(raw)
        case .base64:
            try Base64Codec.decode(raw, as: Base64Codec.Form(of: raw))
        case .base64url:
            try Base64Codec.decode(raw, as: .token)
        case .base32:
            try Base32Codec.decode(raw)
        case .hex:
            try HexCodec.decode(raw)
        case .gzip:
            try CompressedCodec.decode(raw, as: .gzip)
        case .zlib:
            try CompressedCodec.decode(raw, as: .zlib)
        case .zstandard:
            try CompressedCodec.decode(raw, as: .zstandard)
        case .quotedPrintable:
            QuotedPrintableCodec.decode(raw)
        case .encodedWord:
            try EncodedWordCodec.decode(raw)
        case .ldifFolded:
            LDIFCodec.decode(raw)
        case .utf16LittleEndian: WideCodec(width: 2, isLittleEndian: true).decode(raw)
        case .utf16BigEndian: WideCodec(width: 2, isLittleEndian: false).decode(raw)
        case .utf32LittleEndian: WideCodec(width: 4, isLittleEndian: true).decode(raw)
        case .utf32BigEndian: WideCodec(width: 4, isLittleEndian: false).decode(raw)
        }
    }

    /// Decodes a value.
    ///
    /// - Throws: `malformed` if the bytes are invalid in this encoding.
    public func decode(_ raw: [UInt8]) throws(DocumentError) -> DecodedText { try decode(raw[...]) }

    /// The bytes that can begin an escape in an encoding.
    struct Escapes {
        var first: UInt8?
        var second: UInt8?
        /// Whether a line break decodes to something else.
        var hasLineBreaks = false
        /// Whether every value is encoded as different bytes.
        var isAlways = false
    }

    /// The escapes of the encoding; bytes that contain none of them decode to themselves.
    var escapes: Escapes {
        switch self {
        case .bare, .line, .field, .tomlLiteral, .literal, .ini, .shellSingleQuoted: Escapes()
        case .jsonString, .jsonStringASCII, .doubleQuoted, .singleQuoted, .properties, .shellDoubleQuoted,
            .dotenvSingleQuoted, .pgpassField:
            Escapes(first: .backslash)
        case .csvQuoted: Escapes(first: .doubleQuote)
        case .dotenvUnquoted: Escapes(first: .dollar)
        case .dotenvDoubleQuoted: Escapes(first: .backslash, second: .dollar)
        case .yamlPlain, .yamlFlowPlain, .yamlLiteral, .yamlFolded, .ldifFolded: Escapes(hasLineBreaks: true)
        case .yamlSingleQuoted: Escapes(first: .singleQuote, hasLineBreaks: true)
        case .yamlDoubleQuoted: Escapes(first: .backslash, hasLineBreaks: true)
        case .xml: Escapes(first: .ampersand)
        case .quotedPrintable: Escapes(first: .equals)
        case .encodedWord: Escapes(first: .equals, second: .underscore)
        case .percent, .base64, .base64url, .base32, .hex, .gzip, .zlib, .zstandard, .shellWord:
            Escapes(isAlways: true)
        case .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian: Escapes(isAlways: true)
        }
    }
}
