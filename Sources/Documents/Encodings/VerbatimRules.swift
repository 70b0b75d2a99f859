/// The rules for values that encodings without escapes can represent.
enum VerbatimRules {
    /// Checks that `value` can be written unchanged in `encoding`.
    static func check(
        _ value: [UInt8],
        like raw: ArraySlice<UInt8>?,
        for encoding: Encoding
    ) throws(DocumentError) {
        switch encoding {
        case .bare: try checkBare(value, like: raw)
        case .literal: try checkLiteral(value, like: raw)
        case .ini: try checkINI(value)
        case .field: try checkField(value, like: raw)
        case .tomlLiteral: try checkTOMLLiteral(value, like: raw)
        case .shellSingleQuoted:
            if let index = value.firstIndex(where: { $0 == .singleQuote || $0 == 0 }) {
                throw .unrepresentable(at: index, "single quotes of a shell cannot hold a single quote or a NUL")
            }
        default:
            if let index = value.firstIndex(where: { $0.isLineBreak || $0 == 0 }) {
                throw .unrepresentable(at: index, "a line cannot hold a line break or a NUL")
            }
        }
    }

    /// Whether a bare word can contain a byte in every format.
    static func isBareByte(_ byte: UInt8) -> Bool {
        guard byte > .space, byte != 0x7F else { return false }
        return switch byte {
        case .doubleQuote, .singleQuote, .backtick, .backslash, .dollar, .hash, .comma, .semicolon, .pipe, .ampersand,
            .lessThan, .greaterThan, .openBrace, .closeBrace, .openBracket, .closeBracket, .openParenthesis,
            .closeParenthesis:
            false
        default: true
        }
    }

    /// Checks a bare word; a byte that also occurs in the old word is assumed to be harmless at this place.
    private static func checkBare(_ value: [UInt8], like raw: ArraySlice<UInt8>?) throws(DocumentError) {
        for (index, byte) in value.enumerated() where !isBareByte(byte) && raw?.contains(byte) != true {
            throw .unrepresentable(at: index, "a word without quotes cannot hold white space, quotes or delimiters")
        }
    }

    /// Checks a field; a separator that also occurs in the old field does not separate fields at this place.
    private static func checkField(_ value: [UInt8], like raw: ArraySlice<UInt8>?) throws(DocumentError) {
        let separators: [UInt8] = [.colon, .comma, .semicolon, .pipe, .tab]
        if let first = value.first, let last = value.last, first.isBlank || last.isBlank {
            throw .unrepresentable(at: 0, "a field of a table cannot begin or end with a blank")
        }
        if value.first == .doubleQuote || value.first == .hash {
            throw .unrepresentable(at: 0, "a field of a table cannot begin with a quote or a number sign")
        }
        for (index, byte) in value.enumerated() {
            guard !byte.isLineBreak, byte != 0, !separators.contains(byte) || raw?.contains(byte) == true else {
                throw .unrepresentable(at: index, "a field of a table cannot hold a separator, a line break or a NUL")
            }
        }
    }

    /// Checks a TOML literal; a line break is allowed only between three quotes.
    private static func checkTOMLLiteral(_ value: [UInt8], like raw: ArraySlice<UInt8>?) throws(DocumentError) {
        let holdsLines = raw?.contains(.newline) ?? false
        for (index, byte) in value.enumerated() {
            let isControl = byte < 0x20 && byte != .tab || byte == 0x7F
            guard byte != .singleQuote, !isControl || byte == .newline && holdsLines else {
                throw .unrepresentable(at: index, "a literal string cannot hold a single quote or a control character")
            }
        }
    }

    private static func checkLiteral(_ value: [UInt8], like raw: ArraySlice<UInt8>?) throws(DocumentError) {
        guard let kind = literalKind(value[...]), raw.map(literalKind) ?? kind == kind else {
            throw .unrepresentable(at: 0, "only a value of the same type can take the place of a literal")
        }
    }

    private static func checkINI(_ value: [UInt8]) throws(DocumentError) {
        if let first = value.first, let last = value.last, first.isWhitespace || last.isWhitespace {
            throw .unrepresentable(at: 0, "an INI value cannot begin or end with white space")
        }
        if value.first == .doubleQuote || value.first == .singleQuote {
            throw .unrepresentable(at: 0, "an INI value cannot begin with a quote")
        }
        for (index, byte) in value.enumerated() {
            guard !byte.isLineBreak, byte != 0 else {
                throw .unrepresentable(at: index, "an INI value cannot hold a line break or a NUL")
            }
            guard byte != .semicolon && byte != .hash || index > 0 && !value[index - 1].isBlank else {
                throw .unrepresentable(at: index, "a semicolon or number sign after a space begins a comment")
            }
        }
    }

    /// The types of literals that may replace each other.
    enum LiteralKind: Equatable { case number, boolean, null }

    /// The type of a literal in JSON, Lua, HCL, Python or JavaScript; nil for any other word.
    static func literalKind(_ word: ArraySlice<UInt8>) -> LiteralKind? {
        switch String(decoding: word.prefix(6), as: UTF8.self) {
        case "true", "false", "True", "False": return .boolean
        case "null", "nil", "None": return .null
        default: break
        }
        var rest = word
        if rest.first == .dash || rest.first == .plus { rest = rest.dropFirst() }
        let integer = rest.prefix(while: \.isDigit)
        guard !integer.isEmpty else { return nil }
        rest = rest.dropFirst(integer.count)
        if rest.first == .dot {
            let fraction = rest.dropFirst().prefix(while: \.isDigit)
            guard !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(fraction.count + 1)
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == .dash || rest.first == .plus { rest = rest.dropFirst() }
            guard !rest.isEmpty else { return nil }
            rest = rest.drop(while: \.isDigit)
        }
        return rest.isEmpty ? .number : nil
    }
}
