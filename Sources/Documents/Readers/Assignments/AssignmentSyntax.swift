/// The words, names, signs and values of a line with assignments, in its dialect.
///
/// It examines places in the text, and has no state.
struct AssignmentSyntax {
    /// The maximum length in bytes of a `${…}` that counts as one word.
    private static let referenceLimit = 1024
    /// The delimiter of a multi-line string in Nix.
    static let indentedStringMark: [UInt8] = [.singleQuote, .singleQuote]

    let text: [UInt8]
    var dialect: Dialect

    var isShell: Bool { dialect.family == .shell }

    // MARK: - Lines

    /// Returns the word that ends the here-document that `<<EOF`, `<<-'EOF'` or `<<~EOF` in a line begins; nil if there
    /// is none.
    func heredocWord(in line: Range<Int>) -> ArraySlice<UInt8>? {
        guard dialect.family != .configuration, let mark = text[line].firstIndex(of: .lessThan),
            text.has("<<", at: mark, before: line.upperBound), !text.has("<<<", at: mark, before: line.upperBound),
            !isInString(mark, of: line)
        else { return nil }
        let word = text[(mark + 2)..<line.upperBound]
            .drop { $0 == .dash || $0 == UInt8(ascii: "~") || $0 == .singleQuote || $0 == .doubleQuote }
            .prefix { $0.isAlphanumeric || $0 == .underscore }
        return word.first?.isLetter ?? false ? word : nil
    }

    /// Returns the start of a here-document that is the whole value of a setting, `<<<'EOT'` in PHP or `<<EOT`, and the
    /// word that ends it; nil if there is none.
    func heredocValue(in line: Range<Int>) -> (mark: Int, word: ArraySlice<UInt8>)? {
        guard dialect.family == .code, let mark = text[line].firstIndex(of: .lessThan),
            text.has("<<", at: mark, before: line.upperBound), mark > line.lowerBound, !isInString(mark, of: line)
        else { return nil }
        let marks: [UInt8] = [.lessThan, .dash, UInt8(ascii: "~"), .singleQuote, .doubleQuote]
        let rest = text[mark..<line.upperBound].drop { marks.contains($0) }
        let word = rest.prefix { $0.isAlphanumeric || $0 == .underscore }
        let behind = text[word.endIndex..<line.upperBound]
        guard word.first.map({ $0.isLetter || $0 == .underscore }) == true,
            behind.allSatisfy({ $0 == .singleQuote || $0 == .doubleQuote })
        else { return nil }
        return (mark, word)
    }

    /// Whether a quote that closes after `index` on the line was opened before it.
    private func isInString(_ index: Int, of line: Range<Int>) -> Bool {
        var quote: UInt8?
        var position = line.lowerBound
        while position < index {
            let byte = text[position]
            if byte == .backslash {
                position += 1
            } else if byte == quote {
                quote = nil
            } else if quote == nil, byte == .doubleQuote || byte == .singleQuote {
                quote = byte
            }
            position += 1
        }
        return quote.map { text[index..<line.upperBound].contains($0) } ?? false
    }

    /// Whether a line ends with a `''` that opens a string.
    func beginsIndentedString(_ line: Range<Int>) -> Bool {
        guard line.count > 2, text[line].suffix(2).elementsEqual(Self.indentedStringMark) else { return false }
        return !text[line].dropLast(2).contains(.singleQuote)
    }

    /// Returns the name in `[name]` or `[[name]]` if that fills a line; nil otherwise.
    func sectionName(in line: Range<Int>) -> Range<Int>? {
        guard text[line].first == .openBracket, text[line].last == .closeBracket else { return nil }
        var name = line
        while name.count >= 2, text[name].first == .openBracket, text[name].last == .closeBracket {
            name = (name.lowerBound + 1)..<(name.upperBound - 1)
        }
        let isName = text[name].allSatisfy { $0.isNameByte || [.dot, .dash, .space, .colon, .slash].contains($0) }
        return isName && text[name].contains(where: \.isLetter) ? name : nil
    }

    func isComment(at index: Int, in line: Range<Int>) -> Bool {
        guard index == line.lowerBound || text[index - 1].isBlank || text[index - 1] == .semicolon else { return false }
        switch text[index] {
        case .hash: return true
        case .semicolon: return index == line.lowerBound
        case .slash:
            let isMark =
                text.has("//", at: index, before: line.upperBound) || text.has("/*", at: index, before: line.upperBound)
            return dialect.hasSlashComments && isMark
        case .asterisk: return index == line.lowerBound && dialect.hasSlashComments
        case .dash: return dialect.hasDashComments && text.has("--", at: index, before: line.upperBound)
        case .lessThan: return text.has("<!--", at: index, before: line.upperBound)
        default: return false
        }
    }

    // MARK: - Words and signs

    /// Returns the end of the word that starts at `start`, including `${…}` and `{{…}}`.
    func endOfWord(from start: Int, before end: Int) -> Int {
        var index = start
        while index < end {
            let byte = text[index]
            switch byte {
            case .dollar where index + 1 < end && text[index + 1] == .openBrace,
                .openBrace where index + 1 < end && text[index + 1] == .openBrace:
                guard let close = closingBrace(of: index, before: end) else { return max(index, start + 1) }
                index = close + 1
            case .colon where isColonSeparator(at: index, before: end):
                return max(index, start + 1)
            case .comma where isShell:
                index += 1
            case .space, .tab, .doubleQuote, .singleQuote, .backtick, .equals, .comma, .semicolon, .openBrace,
                .closeBrace,
                .openBracket, .closeBracket, .openParenthesis, .closeParenthesis, .lessThan, .greaterThan, .pipe,
                .ampersand:
                return max(index, start + 1)
            default:
                index += 1
            }
        }
        return end
    }

    /// Returns the closing brace of `${…` or `{{…`, which must be short; nil if there is none.
    func closingBrace(of start: Int, before end: Int) -> Int? {
        text[start..<min(end, start + Self.referenceLimit)].firstIndex(of: .closeBrace)
    }

    func isColonSeparator(at index: Int, before end: Int) -> Bool {
        guard index + 1 < end else { return true }
        let next = text[index + 1]
        return next.isBlank || next == .doubleQuote || next == .singleQuote || next == .equals || next == .openBrace
            || next == .openBracket
    }

    /// Returns the `=`, `:`, `:=`, `=>` or `+=` after blanks; nil if there is none.
    func separator(from start: Int, before end: Int) -> (start: Int, end: Int)? {
        var index = start
        if dialect.family == .code { index = endOfDeclarator(from: start, before: end) }
        while index < end, text[index].isBlank { index += 1 }
        guard index < end else { return nil }
        let separatorStart = index
        switch text[index] {
        case .equals:
            index += 1
            guard index == end || (text[index] != .equals && text[index] != UInt8(ascii: "~")) else { return nil }
            if index < end, text[index] == .greaterThan { index += 1 }
        case .colon where isColonSeparator(at: index, before: end):
            index += 1
            let isDefinition = index < end && text[index] == .equals
            guard isDefinition || dialect.takesColons else { return nil }
            if isDefinition { index += 1 } else if let sign = signBehindType(from: index, before: end) { index = sign }
        case .question where isShell && index + 1 < end && text[index + 1] == .equals:
            index += 2
        case .plus where index + 1 < end && text[index + 1] == .equals:
            index += 2
        default:
            return nil
        }
        return (separatorStart, index)
    }

    /// Returns the end of the text that C allows between a name and its sign: `name[32] = `, `name[] PROGMEM = `.
    func endOfDeclarator(from start: Int, before end: Int) -> Int {
        var index = start
        while index < end, text[index].isBlank { index += 1 }
        if index < end, text[index] == .openBracket {
            let size = text[(index + 1)..<end].prefix { $0.isNameByte }
            guard size.endIndex < end, text[size.endIndex] == .closeBracket else { return start }
            index = size.endIndex + 1
            while index < end, text[index].isBlank { index += 1 }
        }
        return text.has("PROGMEM", at: index, before: end) ? index + 7 : index
    }

    /// Returns the name and the start of the value in `#define NAME value`; nil for any other line, and for a macro
    /// with parameters.
    func definition(in line: Range<Int>) -> (name: Range<Int>, value: Int)? {
        guard dialect.hasDefinitions, text[line].first == .hash else { return nil }
        let word = text[line].dropFirst().drop(while: \.isBlank)
        guard word.starts(with: "define".utf8) else { return nil }
        let name = word.dropFirst(6).drop(while: \.isBlank).prefix { $0.isNameByte }
        let value = text[name.endIndex..<line.upperBound].drop(while: \.isBlank)
        guard !name.isEmpty, name.startIndex > word.startIndex + 6, value.startIndex > name.endIndex, !value.isEmpty
        else { return nil }
        return (name.startIndex..<name.endIndex, value.startIndex)
    }

    /// Returns the end of the equals sign in `name: type = value` of typed languages; nil if there is none.
    func signBehindType(from start: Int, before end: Int) -> Int? {
        guard dialect.family == .code else { return nil }
        var index = start
        let limit = min(end, start + 64)
        while index < limit, isTypeByte(text[index]) { index += 1 }
        guard index < limit, text[index] == .equals, text[start..<index].contains(where: \.isLetter) else { return nil }
        let next = index + 1 < end ? text[index + 1] : .space
        return next == .equals || next == .greaterThan ? nil : index + 1
    }

    func isTypeByte(_ byte: UInt8) -> Bool {
        byte.isNameByte || byte.isBlank
            || [.dot, .openBracket, .closeBracket, .lessThan, .greaterThan, .pipe, .question, .ampersand].contains(byte)
    }

    /// Returns the name in a word that can precede a separator, without a flag's dashes and a variable's marks.
    func keyName(in word: Range<Int>) -> Range<Int>? {
        var range = word
        while let first = text[range].first,
            first == .dash || first == .dollar || first == UInt8(ascii: "@")
                || dialect.hasDefinitions && (first == .asterisk || first == .ampersand)
        {
            range = (range.lowerBound + 1)..<range.upperBound
        }
        while let last = text[range].last, last == .plus || last == .question || last == .colon {
            range = range.lowerBound..<(range.upperBound - 1)
        }
        guard let first = text[range].first, first.isNameByte || first == .dot else { return nil }
        return isKeyText(range) && !text[range].contains(where: \.isBlank) ? range : nil
    }

    func isKeyText(_ range: Range<Int>) -> Bool {
        guard range.count <= 256 else { return false }
        var hasLetter = false
        for byte in text[range] {
            if byte.isLetter || byte >= 0x80 || byte == .underscore { hasLetter = true }
            switch byte {
            case .dot, .dash, .slash, .asterisk, .space, .colon, .dollar, UInt8(ascii: "@"): break
            default: guard byte.isNameByte else { return false }
            }
        }
        return hasLetter
    }
}
