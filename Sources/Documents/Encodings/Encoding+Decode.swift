extension Encoding {
    /// Whether a value must be written anew as a whole when a part of it changes.
    public var isOpaque: Bool { self == .base64 || self == .base64url || self == .hex }

    /// Whether a value is the content of a YAML block scalar, which often is a text of its own.
    var isBlock: Bool {
        switch self {
        case .yamlLiteral, .yamlFolded: true
        default: false
        }
    }

    /// Decodes a spelled value.
    ///
    /// What a language would only warn about, or reads differently from its neighbours (an unknown escape such as `\d`,
    /// a reference such as `${NAME}`), stands for itself.
    ///
    /// - Parameter raw: The spelling, without the quotes around it. The offsets of the result are indices of this slice.
    /// - Returns: The value, with the place in `raw` of each of its bytes.
    /// - Throws: `malformed` where the bytes are no spelling of this encoding.
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
        case .hex:
            try HexCodec.decode(raw)
        case .utf16LittleEndian: WideCodec(width: 2, isLittleEndian: true).decode(raw)
        case .utf16BigEndian: WideCodec(width: 2, isLittleEndian: false).decode(raw)
        case .utf32LittleEndian: WideCodec(width: 4, isLittleEndian: true).decode(raw)
        case .utf32BigEndian: WideCodec(width: 4, isLittleEndian: false).decode(raw)
        }
    }

    /// Decodes a spelled value.
    ///
    /// - Throws: `malformed` where the bytes are no spelling of this encoding.
    public func decode(_ raw: [UInt8]) throws(DocumentError) -> DecodedText { try decode(raw[...]) }

    /// Whether `raw` may decode to other bytes than its own.
    ///
    /// It is asked of every value of a document, so it looks for a byte or two and decodes nothing.
    func mayEscape(_ raw: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .bare, .line, .field, .tomlLiteral, .literal, .ini, .shellSingleQuoted: false
        case .jsonString, .jsonStringASCII, .doubleQuoted, .singleQuoted, .properties, .shellDoubleQuoted,
            .dotenvSingleQuoted, .pgpassField:
            raw.contains(.backslash)
        case .csvQuoted: raw.contains(.doubleQuote)
        case .dotenvUnquoted: raw.contains(.dollar)
        case .dotenvDoubleQuoted: raw.contains { $0 == .backslash || $0 == .dollar }
        case .yamlPlain, .yamlFlowPlain, .yamlLiteral, .yamlFolded: raw.contains(where: \.isLineBreak)
        case .yamlSingleQuoted: raw.contains { $0 == .singleQuote || $0.isLineBreak }
        case .yamlDoubleQuoted: raw.contains { $0 == .backslash || $0.isLineBreak }
        case .xml: raw.contains(.ampersand)
        case .percent, .base64, .base64url, .hex: true
        case .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian: true
        }
    }
}
