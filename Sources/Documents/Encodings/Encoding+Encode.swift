internal import Archive

extension Encoding {
    /// Encodes a value.
    ///
    /// Bytes that the old text escapes unnecessarily (`\/`, `\u003c`, `%2e`) are escaped in the same way, and a value
    /// equal to the old one returns the old text.
    ///
    /// - Parameters:
    ///   - value: The value's bytes.
    ///   - raw: The text to replace, if there is one. A plain YAML scalar or a literal keeps its type.
    /// - Returns: The encoded bytes, without quotes around them.
    /// - Throws: `unrepresentable` if this encoding cannot represent the value, `malformed` if `raw` is invalid.
    public func encode(_ value: [UInt8], like raw: ArraySlice<UInt8>? = nil) throws(DocumentError) -> [UInt8] {
        try encode(value, like: raw, in: YAMLPlain.Surroundings())
    }

    /// Encodes a value that is part of a longer one, as `surroundings` describes.
    func encode(
        _ value: [UInt8],
        like raw: ArraySlice<UInt8>?,
        in surroundings: YAMLPlain.Surroundings
    ) throws(DocumentError) -> [UInt8] {
        if let raw, try decode(raw).bytes == value { return Array(raw) }
        let spelling = try spell(value, like: raw, in: surroundings)
        // As a final check, a text that would not decode to the value is not written.
        guard try decode(spelling).bytes == value else {
            throw .unrepresentable(at: 0, "the \(rawValue) encoding has no spelling of the value")
        }
        return spelling
    }

    private func spell(
        _ value: [UInt8],
        like raw: ArraySlice<UInt8>?,
        in surroundings: YAMLPlain.Surroundings
    ) throws(DocumentError) -> [UInt8] {
        switch self {
        case .jsonString, .jsonStringASCII:
            guard String(validating: value, as: UTF8.self) != nil else {
                throw .unrepresentable(at: 0, "JSON consists of characters, but the value is not UTF-8")
            }
            let spelling = try BackslashCodec.json.encode(value, like: raw)
            return self == .jsonString ? spelling : JSONReader.escapingNonASCII(spelling)
        case .doubleQuoted: return try BackslashCodec.doubleQuoted.encode(value, like: raw)
        case .singleQuoted: return try BackslashCodec.singleQuoted.encode(value, like: raw)
        case .properties: return try BackslashCodec.properties.encode(value, like: raw)
        case .shellDoubleQuoted: return try BackslashCodec.shell.encode(value, like: raw)
        case .shellWord: return try ShellWordCodec.encode(value, like: raw)
        case .dotenvUnquoted: return try DotenvCodec.encodeUnquoted(value)
        case .dotenvSingleQuoted: return try DotenvCodec.encodeSingleQuoted(value)
        case .dotenvDoubleQuoted: return try DotenvCodec.encodeDoubleQuoted(value, like: raw)
        case .yamlPlain, .yamlFlowPlain:
            try YAMLPlain.check(value, like: raw, inFlow: self == .yamlFlowPlain, surroundings)
            return value
        case .yamlSingleQuoted: return try YAMLCodec.encodeSingleQuoted(value)
        case .yamlDoubleQuoted: return try YAMLCodec.encodeDoubleQuoted(value, like: raw)
        case .yamlLiteral(let indent): return try YAMLCodec.encodeLiteral(value, indent: indent, like: raw)
        case .yamlFolded: return try YAMLCodec.encodeFolded(value, like: raw)
        case .xml: return try XMLCodec.encode(value, like: raw)
        case .percent: return try PercentCodec.encode(value, like: raw)
        case .base64: return Base64Codec.encode(value, as: raw.map { Base64Codec.Form(of: $0) } ?? Base64Codec.Form())
        case .base64url: return Base64Codec.encode(value, as: .token)
        case .base32: return Base32Codec.encode(value, like: raw)
        case .hex: return HexCodec.encode(value, like: raw)
        case .gzip: return try CompressedCodec.encode(value, as: .gzip)
        case .zlib: return try CompressedCodec.encode(value, as: .zlib)
        case .zstandard: return try CompressedCodec.encode(value, as: .zstandard)
        case .quotedPrintable: return QuotedPrintableCodec.encode(value, like: raw)
        case .encodedWord: return EncodedWordCodec.encode(value)
        case .ldifFolded: return try LDIFCodec.encode(value)
        case .utf16LittleEndian: return try WideCodec(width: 2, isLittleEndian: true).encode(value)
        case .utf16BigEndian: return try WideCodec(width: 2, isLittleEndian: false).encode(value)
        case .utf32LittleEndian: return try WideCodec(width: 4, isLittleEndian: true).encode(value)
        case .utf32BigEndian: return try WideCodec(width: 4, isLittleEndian: false).encode(value)
        case .pgpassField: return try FieldCodec.encodePgpass(value)
        case .csvQuoted: return try FieldCodec.encodeCSV(value)
        case .bare, .line, .field, .tomlLiteral, .literal, .ini, .shellSingleQuoted:
            try VerbatimRules.check(value, like: raw, for: self)
            return value
        }
    }
}
