/// Reads the tokens of a line: strings, names before a sign, words, and brackets.
extension AssignmentsReader {
    /// Reads the token at `index` and returns the index after it.
    mutating func readToken(at index: Int, before end: Int) -> Int {
        switch text[index] {
        case .doubleQuote, .singleQuote:
            return readString(at: index, before: end)
        case .openBracket:
            if let next = readBracketedKey(at: index, before: end) { return next }
            if let next = endOfSubscript(at: index, before: end) { return next }
            open(at: index)
            return index + 1
        case .openBrace, .openParenthesis:
            open(at: index)
            return index + 1
        case .closeBrace, .closeBracket, .closeParenthesis:
            close()
            return index + 1
        case .comma:
            let isFirstOfList = statement.words.count > 1 || statement.hasCommas
            if syntax.dialect.family == .configuration, statement.key == nil, isFirstOfList, frames.last?.isList != true
            {
                // The statement is a list, as in `option domain-name-servers 192.0.2.1, 192.0.2.2;`.
                statement.hasCommas = true
            } else {
                finishStatement(isTerminated: false)
            }
            return index + 1
        case .semicolon, .pipe, .ampersand:
            finishStatement(isTerminated: text[index] == .semicolon)
            return index + 1
        case .equals, .colon, .lessThan, .greaterThan, .backtick, .backslash, .exclamation:
            return index + 1
        default:
            return readWord(at: index, before: end)
        }
    }

    mutating func readString(at start: Int, before end: Int) -> Int {
        let isApostrophe = text[start] == .singleQuote && start > 0 && text[start - 1].isNameByte
        if let next = readTripleQuoted(at: start, before: end) { return next }
        guard !isApostrophe, let close = closingQuote(of: start, before: end) else { return start + 1 }
        let inside = (start + 1)..<close
        let encoding = syntax.stringEncoding(text[start])
        let isMember = syntax.dialect.family == .code && statement.words.isEmpty && statement.key == nil
        if let separator = syntax.separator(from: close + 1, before: end), isMember || syntax.isKeyText(inside),
            separator.start == close + 1 || !syntax.isShell
        {
            return readAssignment(of: inside, encoding, separator, before: end)
        }
        addString(inside, encoding)
        return close + 1
    }

    /// Reads `"""text"""` on one line, such as the documentation of a function; nil for any other string.
    private mutating func readTripleQuoted(at start: Int, before end: Int) -> Int? {
        guard syntax.dialect.family == .code else { return nil }
        let mark = [UInt8](repeating: text[start], count: 3)
        guard text[start..<end].starts(with: mark), let close = text[(start + 3)..<end].firstRange(of: mark) else {
            return nil
        }
        addString((start + 3)..<close.lowerBound, syntax.stringEncoding(text[start]))
        return close.upperBound
    }

    /// Reads `["key"] = value` (Lua, PHP, Python).
    mutating func readBracketedKey(at start: Int, before end: Int) -> Int? {
        let quote = start + 1
        if syntax.isShell { return readElement(at: start, before: end) }
        guard quote < end, text[quote] == .doubleQuote || text[quote] == .singleQuote,
            let close = closingQuote(of: quote, before: end), close + 1 < end, text[close + 1] == .closeBracket,
            let separator = syntax.separator(from: close + 2, before: end)
        else { return nil }
        return readAssignment(of: (quote + 1)..<close, syntax.stringEncoding(text[quote]), separator, before: end)
    }

    /// Reads `[key]=value` in a shell array.
    private mutating func readElement(at start: Int, before end: Int) -> Int? {
        let key = start + 1..<syntax.endOfWord(from: start + 1, before: end)
        guard let last = frames.last, last.isList, syntax.isKeyText(key), key.upperBound + 1 < end,
            text[key.upperBound] == .closeBracket, text[key.upperBound + 1] == .equals,
            let separator = syntax.separator(from: key.upperBound + 1, before: end)
        else { return nil }
        return readAssignment(of: key, .bare, separator, before: end)
    }

    /// Returns the end of `["key"]` after an expression, where the key is a name rather than a value: `config["key"]`.
    private mutating func endOfSubscript(at start: Int, before end: Int) -> Int? {
        guard syntax.dialect.family == .code, start > 0, start + 1 < end else { return nil }
        let (before, quote) = (text[start - 1], text[start + 1])
        guard before.isNameByte || before == .closeBracket || before == .closeParenthesis,
            quote == .doubleQuote || quote == .singleQuote,
            let close = closingQuote(of: start + 1, before: end), close + 1 < end, text[close + 1] == .closeBracket
        else { return nil }
        return close + 2
    }

    mutating func readWord(at start: Int, before end: Int) -> Int {
        let wordEnd = syntax.endOfWord(from: start, before: end)
        let word = start..<wordEnd
        if let key = syntax.keyName(in: word), let separator = syntax.separator(from: wordEnd, before: end) {
            let isTight = separator.start == wordEnd && separator.end < end && !text[separator.end].isBlank
            // There may be several on one line: `user => "x" password => "y"`.
            let isArrow = text[separator.start] == .equals && text[separator.end - 1] == .greaterThan
            if isTight || isArrow || mayBeginAssignment, !isCondition(before: separator, end: end) {
                return readAssignment(of: key, .bare, separator, before: end)
            }
        }
        statement.words.append(Word(range: word))
        return wordEnd
    }

    /// Whether a colon ends the line of a condition or a loop: `if pwd:`.
    private func isCondition(before separator: (start: Int, end: Int), end: Int) -> Bool {
        guard syntax.dialect.family == .code, text[separator.start] == .colon,
            text[separator.end..<end].allSatisfy(\.isBlank), let first = statement.words.first, first.string == nil
        else { return false }
        return Self.conditions.contains(text.string(in: first.range))
    }

    private static let conditions: Set<String> = [
        "if", "elif", "while", "with", "for", "except", "case", "match", "not",
    ]

    /// Whether a word followed by blanks and a separator names a setting rather than being an operand.
    ///
    /// In a program any word may (`local x = 1`), in a shell only the first of a line, elsewhere only the first of a
    /// statement.
    var mayBeginAssignment: Bool {
        switch syntax.dialect.family {
        case .code: true
        case .shell: isFirstOnLine
        case .configuration:
            statement.key == nil && isDeclaration
                || statement.words.isEmpty && (statement.key == nil || isInBlockOfOneLine)
        }
    }

    /// Whether the words of the statement declare what follows, as in a program inside a page or a template.
    private var isDeclaration: Bool {
        guard let first = statement.words.first, first.string == nil, first.range.count <= 9 else { return false }
        return Self.declarations.contains(text.string(in: first.range))
    }

    private static let declarations: Set<String> = [
        "const", "let", "var", "val", "private", "public", "protected", "static",
    ]

    /// Whether a brace was opened on this line, so that a value in it is one word: `{ id = wren secret = "x" }`.
    private var isInBlockOfOneLine: Bool {
        frames.last.map { $0.opener == .openBrace && $0.line == lineNumber } ?? false
    }

    /// Returns the quote that closes the one at `start` on the same line; nil if there is none.
    mutating func closingQuote(of start: Int, before end: Int) -> Int? {
        guard openQuotes < Self.openQuoteLimit else { return nil }
        let quote = text[start]
        let knowsEscapes = !(syntax.isShell && quote == .singleQuote)
        var index = start + 1
        while index < end {
            if text[index] == quote {
                guard !syntax.isShell, DoubledQuote.stands(at: index, of: text[start + 1..<end]) else { return index }
                index += 2
                continue
            }
            index += knowsEscapes && text[index] == .backslash ? 2 : 1
        }
        openQuotes += 1
        return nil
    }
}
