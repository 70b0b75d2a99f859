// Where the values of assignments begin and end.
extension AssignmentSyntax {
    func stringEncoding(_ quote: UInt8) -> Encoding {
        if isShell { return quote == .doubleQuote ? .shellDoubleQuoted : .shellSingleQuoted }
        return quote == .doubleQuote ? .doubleQuoted : .singleQuoted
    }

    /// Skips the prefix of a Python string (`b"…"`) and the first two of three quotes.
    func stringStart(at start: Int, before end: Int) -> Int? {
        var index = start
        while index < end, index < start + 2, "rbfuRBFU".utf8.contains(text[index]) { index += 1 }
        guard index < end, text[index] == .doubleQuote || text[index] == .singleQuote else { return nil }
        let isTriple = index + 2 < end && text[index + 1] == text[index] && text[index + 2] == text[index]
        return isTriple ? index + 2 : index
    }

    /// Reads a string without escapes, on one line: `r#"text"#` of Rust, or `@"text"` of C#, in which quotes are
    /// doubled.
    func rawString(at start: Int, before end: Int) -> (inside: Range<Int>, encoding: Encoding, end: Int)? {
        guard dialect.family == .code, start < end else { return nil }
        if text.has("@\"", at: start, before: end) {
            var index = start + 2
            while index < end, text[index] != .doubleQuote || text.has("\"\"", at: index, before: end) {
                index += text[index] == .doubleQuote ? 2 : 1
            }
            return index < end ? ((start + 2)..<index, .csvQuoted, index + 1) : nil
        }
        guard text.has("r#", at: start, before: end) else { return nil }
        let hashes = text[(start + 1)..<end].prefix { $0 == .hash }.count
        let first = start + 2 + hashes
        guard first <= end, text[first - 1] == .doubleQuote else { return nil }
        let mark = [.doubleQuote] + [UInt8](repeating: .hash, count: hashes)
        guard let close = (first..<end).first(where: { text[$0..<end].starts(with: mark) }) else { return nil }
        return (first..<close, .tomlLiteral, close + mark.count)
    }

    /// Whether `name=` is at `start`, as after the comma of `KEY=value,KEY2=value2`.
    func beginsSetting(at start: Int, before end: Int) -> Bool {
        guard start < end, text[start].isLetter || text[start] == .underscore else { return false }
        let rest = text[start..<min(end, start + 128)].drop { $0.isNameByte || $0 == .dash || $0 == .dot }
        return rest.first == .equals
    }

    /// Returns the end of an unquoted one-word value.
    func endOfBareValue(from start: Int, before end: Int, stopsAtComma: Bool) -> Int {
        var index = start
        while index < end {
            switch text[index] {
            case .dollar where index + 1 < end && text[index + 1] == .openBrace:
                guard let close = closingBrace(of: index, before: end) else { return index + 1 }
                index = close + 1
            case .space, .tab, .doubleQuote, .singleQuote, .backtick, .semicolon, .pipe, .ampersand, .openParenthesis,
                .closeParenthesis, .lessThan, .greaterThan:
                return index
            case .comma where stopsAtComma || beginsSetting(at: index + 1, before: end), .closeBrace where stopsAtComma,
                .closeBracket where stopsAtComma:
                return index
            default:
                index += 1
            }
        }
        return end
    }

    /// Returns the first opening brace, if it follows a blank and does not begin a `{{…}}`.
    func openingBrace(in range: Range<Int>) -> Int? {
        guard let brace = text[range].firstIndex(of: .openBrace), brace > range.lowerBound, text[brace - 1].isBlank
        else { return nil }
        return text.has("{{", at: brace, before: range.upperBound)
            || text.has("{%", at: brace, before: range.upperBound) ? nil : brace
    }
}
