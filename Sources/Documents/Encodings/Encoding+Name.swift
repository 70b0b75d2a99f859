extension Encoding: RawRepresentable {
    /// The encodings without a parameter.
    private static let plain: [Encoding] = [
        .jsonString, .jsonStringASCII, .yamlPlain, .yamlFlowPlain, .yamlSingleQuoted, .yamlDoubleQuoted,
        .dotenvUnquoted,
        .dotenvSingleQuoted, .dotenvDoubleQuoted, .properties, .ini, .doubleQuoted, .singleQuoted, .shellSingleQuoted,
        .shellDoubleQuoted, .shellWord, .bare, .line, .field, .pgpassField, .csvQuoted, .tomlLiteral, .literal, .xml,
        .percent,
        .base64, .base64url, .base32, .hex, .gzip, .zlib, .zstandard, .quotedPrintable, .encodedWord, .ldifFolded,
        .utf16LittleEndian,
        .utf16BigEndian, .utf32LittleEndian,
        .utf32BigEndian,
    ]

    /// The name used in files: `json-string`, `yaml-literal:6`, `base64`.
    public var rawValue: String {
        switch self {
        case .jsonString: "json-string"
        case .jsonStringASCII: "json-string-ascii"
        case .yamlPlain: "yaml-plain"
        case .yamlFlowPlain: "yaml-flow-plain"
        case .yamlSingleQuoted: "yaml-single-quoted"
        case .yamlDoubleQuoted: "yaml-double-quoted"
        case .yamlLiteral(let indent): "yaml-literal:\(indent)"
        case .yamlFolded(let indent): "yaml-folded:\(indent)"
        case .dotenvUnquoted: "dotenv-unquoted"
        case .dotenvSingleQuoted: "dotenv-single-quoted"
        case .dotenvDoubleQuoted: "dotenv-double-quoted"
        case .properties: "properties"
        case .ini: "ini"
        case .doubleQuoted: "double-quoted"
        case .singleQuoted: "single-quoted"
        case .shellSingleQuoted: "shell-single-quoted"
        case .shellDoubleQuoted: "shell-double-quoted"
        case .shellWord: "shell-word"
        case .bare: "bare"
        case .line: "line"
        case .field: "field"
        case .pgpassField: "pgpass-field"
        case .csvQuoted: "csv-quoted"
        case .tomlLiteral: "toml-literal"
        case .literal: "literal"
        case .xml: "xml"
        case .percent: "percent"
        case .base64: "base64"
        case .base64url: "base64url"
        case .base32: "base32"
        case .hex: "hex"
        case .gzip: "gzip"
        case .zlib: "zlib"
        case .zstandard: "zstd"
        case .quotedPrintable: "quoted-printable"
        case .encodedWord: "encoded-word"
        case .ldifFolded: "ldif-folded"
        case .utf16LittleEndian: "utf-16le"
        case .utf16BigEndian: "utf-16be"
        case .utf32LittleEndian: "utf-32le"
        case .utf32BigEndian: "utf-32be"
        }
    }

    /// Finds the encoding with a name; nil if there is none.
    public init?(rawValue: String) {
        if let encoding = Self.plain.first(where: { $0.rawValue == rawValue }) {
            self = encoding
            return
        }
        let parts = rawValue.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let indent = Int(parts[1]), indent >= 0, String(indent) == parts[1] else { return nil }
        switch parts[0] {
        case "yaml-literal": self = .yamlLiteral(indent: indent)
        case "yaml-folded": self = .yamlFolded(indent: indent)
        default: return nil
        }
    }
}
