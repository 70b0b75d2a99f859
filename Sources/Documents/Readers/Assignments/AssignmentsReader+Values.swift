/// Reads the text after the name and the sign of a setting.
extension AssignmentsReader {
    mutating func readAssignment(
        of key: Range<Int>,
        _ keyEncoding: Encoding,
        _ separator: (start: Int, end: Int),
        before end: Int
    ) -> Int {
        let address = Address(container, text.string(in: key))
        reading.addKey(address, key, keyEncoding)
        let isTight = separator.end < end && !text[separator.end].isBlank
        let isFirst = isFirstOnLine
        addFlags(of: statement.words, at: nil)
        statement = Statement(words: [], key: address)
        pendingKey = nil
        var index = separator.end
        while index < end, text[index].isBlank { index += 1 }
        guard index < end else {
            pendingKey = address
            return end
        }
        if isTight, readContinuedWord(at: index, of: address, before: end) { return end }
        if let next = readLongString(at: index, of: address, before: end) { return next }
        // What follows a colon is JSON in a string.
        if syntax.isShell, isTight, text[separator.start] == .equals,
            let word = ShellWordCodec.composedWord(in: text[..<end], from: index)
        {
            if word.upperBound < end, text[word.upperBound] == .openParenthesis, text[word.upperBound - 1] == .dollar {
                // This is `NAME=\$(command)` in a here-document.
                statement.key = nil
                return word.upperBound
            }
            add(word, .shellWord, at: address)
            return word.upperBound
        }
        if let raw = syntax.rawString(at: index, before: end) {
            add(raw.inside, raw.encoding, at: address)
            return raw.end
        }
        let start = syntax.stringStart(at: index, before: end) ?? index
        return readValue(at: start, of: address, isTight: isTight, isFirst: isFirst, before: end)
    }

    /// Reads a value by its first byte: a string, a list or an object, the output of a command, or a word.
    private mutating func readValue(
        at index: Int,
        of address: Address,
        isTight: Bool,
        isFirst: Bool,
        before end: Int
    ) -> Int {
        switch text[index] {
        case .doubleQuote, .singleQuote:
            guard let close = closingQuote(of: index, before: end) else {
                if syntax.isShell, openQuotes < Self.openQuoteLimit, openQuote(before: index) == text[index] {
                    // The quote closes a text that ends with the sign: `grep 'NAME='`.
                    statement.key = nil
                    return index + 1
                }
                // In a multi-line string, the part on this line is a value, and the other lines are read like any
                // other.
                add(text.trimmed((index + 1)..<end), .line, at: address)
                return end
            }
            let encoding = syntax.stringEncoding(text[index])
            let inside = (index + 1)..<close
            add(inside, encoding, at: address)
            if NamePair.isMember(address.key), var frame = frames.last {
                frame.pair.note(address, inside, encoding) { text.string(in: inside) }
                frames[frames.count - 1] = frame
            }
            return close + 1
        case .openBrace where !text.has("{{", at: index, before: end), .openBracket, .openParenthesis:
            pendingKey = address
            return index
        case .dollar where text.has("$(", at: index, before: end):
            // The words of a command are not values of the setting that receives its output.
            statement.key = nil
            return index + 1
        case .backtick, .greaterThan, .lessThan, .pipe:
            return index + 1
        default:
            return readBareValue(at: index, of: address, isTight: isTight, isFirst: isFirst, before: end)
        }
    }

    mutating func readBareValue(
        at start: Int,
        of address: Address,
        isTight: Bool,
        isFirst: Bool,
        before end: Int
    ) -> Int {
        let isInline = frames.last.map { $0.line == lineNumber || $0.isList && $0.opener != .openBrace } ?? false
        switch syntax.dialect.family {
        case .code:
            let wordEnd = syntax.endOfWord(from: start, before: end)
            if VerbatimRules.literalKind(text[start..<wordEnd]) != nil {
                reading.add(address, start..<wordEnd, .literal)
                return wordEnd
            }
            // In an expression, the strings are values of the setting.
            return start
        case .shell where isTight || !isFirst, .configuration where isInline || !isFirst:
            let wordEnd = syntax.endOfBareValue(from: start, before: end, stopsAtComma: isInline)
            if syntax.isShell, wordEnd < end, text[wordEnd] == .openParenthesis, text[wordEnd - 1] == .dollar {
                statement.key = nil
                return wordEnd
            }
            add(start..<wordEnd, at: address)
            return max(wordEnd, start + 1)
        case .shell, .configuration:
            return readRestOfLine(from: start, of: address, isTight: isTight, before: end)
        }
    }

    /// Reads a value that extends to the end of the line, up to a comment and without a final `;` or `,`.
    ///
    /// If further words `key=value` follow a `=` without blanks around it, the value is one word.
    mutating func readRestOfLine(from start: Int, of address: Address, isTight: Bool, before end: Int) -> Int {
        var index = start
        while index < end {
            let isMark =
                text[index] == .hash || (syntax.dialect.hasSlashComments && text.has("//", at: index, before: end))
            // At the start `# ` is a comment, but `#282c34` is a colour.
            let isColour = index == start && text[index] == .hash && index + 1 < end && !text[index + 1].isBlank
            if isMark, text[index - 1].isBlank, !isColour { break }
            index += 1
        }
        let commentStart = index
        var value = text.trimmed(start..<commentStart)
        if !frames.isEmpty, let close = text[value].firstIndex(of: .closeBrace), text[close - 1].isBlank,
            !text[value].contains(.openBrace)
        {
            // The setting is in a block of one line: `{ key = value }`.
            add(text.trimmed(start..<close), at: address)
            return close
        }
        if isTight, let blank = text[value].firstIndex(where: \.isBlank),
            text[blank..<value.upperBound].contains(.equals)
        {
            add(start..<blank, at: address)
            return blank
        }
        if let brace = syntax.openingBrace(in: value) {
            // `location = /path {` opens a block like any other.
            pendingKey = address
            return brace
        }
        while let last = text[value].last, last == .semicolon || last == .comma {
            value = text.trimmed(value.lowerBound..<(value.upperBound - 1))
        }
        if !value.isEmpty { add(value, at: address) }
        return commentStart
    }

    mutating func add(_ value: Range<Int>, at address: Address?) {
        add(value, SettingLine.encoding(of: text[value]), at: address)
    }

    mutating func add(_ value: Range<Int>, _ encoding: Encoding, at address: Address?) {
        reading.add(address, value, encoding)
        WordScanner.scan(text, value, under: address, spelledAs: encoding, into: &reading)
    }
}
