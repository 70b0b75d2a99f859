/// Finds the strings and comments of a program.
struct CodeReader {
    private let language: CodeLanguage
    private let text: [UInt8]
    /// Whether each byte may begin a string or a comment, by which nearly all bytes of a program are skipped.
    private let mayBegin: [Bool]
    private var parts: [CodeText.Part] = []
    private var position = 0
    /// The start of the current line, or of the text after a part of several lines.
    private var lineStart = 0
    /// The number of parts before the start of the line.
    private var firstPart = 0
    /// Whether the current line cannot be read with certainty.
    private var isUncertain = false
    /// The names that end the here-documents that begin after the current line.
    private var textsBehindLine: [[UInt8]] = []
    /// The last byte of code that is not a blank.
    private var last: UInt8?

    init(_ language: CodeLanguage, _ text: [UInt8]) {
        self.language = language
        self.text = text
        let beginnings = language.beginnings
        mayBegin = (0...UInt8.max).map { beginnings.contains($0) }
    }

    /// Returns all parts that are not code, in order.
    mutating func read() -> [CodeText.Part] {
        if language.isBetweenMarks { skipText() }
        startLine()
        while position < text.count {
            let byte = text[position]
            if byte == .newline {
                endLine()
                position += 1
                startLine()
                skipTextsBehindLine()
            } else if !mayBegin[Int(byte)] {
                if !byte.isWhitespace { last = byte }
                position += 1
            } else if !readPart(beginningWith: byte) {
                if language.isLoose, isDelimiter(at: position) { isUncertain = true }
                if language.isLoose, byte == .lessThan, let name = nameBehindMark() { textsBehindLine.append(name) }
                if !byte.isWhitespace { last = byte }
                position += 1
            }
        }
        endLine()
        return parts
    }

    // MARK: - Lines

    private mutating func startLine() {
        (lineStart, firstPart, isUncertain) = (position, parts.count, false)
        if language.isLoose { skipDocumentation() }
    }

    private mutating func endLine() {
        guard isUncertain else { return }
        parts.removeSubrange(firstPart...)
        parts.append(CodeText.Part(range: lineStart..<position, sort: .line))
        isUncertain = false
    }

    private mutating func add(_ end: Int, _ sort: CodeText.Sort) {
        let start = position
        position = end
        parts.append(CodeText.Part(range: start..<end, sort: sort))
        guard text[start..<end].contains(.newline) else { return }
        // Anything uncertain before a part of several lines does not affect the other lines.
        if isUncertain {
            parts.removeSubrange(firstPart...)
            parts.append(CodeText.Part(range: lineStart..<end, sort: .line))
        }
        (lineStart, firstPart, isUncertain) = (end, parts.count, false)
    }

    // MARK: - Parts

    /// Reads the string or the comment at the current position; returns false if there is none.
    private mutating func readPart(beginningWith byte: UInt8) -> Bool {
        if language.isBetweenMarks, byte == .question, has("?>") {
            skipText()
            return true
        }
        if language.hasLongBrackets, byte == .dash, has("--["), let end = longBracketEnd(from: position + 2) {
            add(end, .comment)
            return true
        }
        if language.lineComments.contains(where: { text[position...].starts(with: $0) }), beginsComment {
            add(text.firstIndex(of: .newline, in: position..<text.count), .comment)
            return true
        }
        if let block = language.blockComments.first(where: { text[position...].starts(with: $0.open) }) {
            add(end(of: block.close, from: position + block.open.count), .comment)
            return true
        }
        if language.hasLongBrackets, byte == .openBracket, let end = longBracketEnd(from: position) {
            add(end, .string)
            return true
        }
        if language.quotes.contains(byte) || language.longQuotes.contains(byte) {
            readString(in: byte)
            return true
        }
        guard language.hasExpressions, byte == .slash, beginsExpression, let end = expressionEnd() else { return false }
        add(end, .string)
        return true
    }

    /// Whether a comment mark really begins a comment; a hash sign after a dollar sign, a brace or a letter does not.
    private var beginsComment: Bool {
        guard language.isLoose, text[position] == .hash, position > 0 else { return true }
        return text[position - 1].isWhitespace || text[position - 1] == .semicolon || text[position - 1] == .closeBrace
    }

    private mutating func readString(in quote: UInt8) {
        let isTriple =
            language.hasTripleQuotes && position + 2 < text.count && text[position + 1] == quote
            && text[position + 2] == quote
        if isTriple { return add(end(of: [quote, quote, quote], from: position + 3), .string) }
        if let end = rawStringEnd() { return add(end, .string) }
        let isLong = language.longQuotes.contains(quote)
        var end = position + 1
        while end < text.count, text[end] != quote, isLong || text[end] != .newline {
            end += text[end] == .backslash ? 2 : 1
        }
        guard end < text.count, text[end] == quote else {
            isUncertain = true
            position = isLong ? text.count : min(end, text.count)
            return
        }
        add(end + 1, namesModule(from: position, to: end) ? .module : .string)
        last = quote
    }

    /// The end of C++'s `R"name(text)name"` whose quote is at the current position; nil if there is none.
    private func rawStringEnd() -> Int? {
        guard language.hasRawStrings, position > 0, text[position - 1] == UInt8(ascii: "R"),
            let open = text[position...].prefix(18).firstIndex(of: .openParenthesis)
        else { return nil }
        return end(of: [.closeParenthesis] + text[(position + 1)..<open] + [.doubleQuote], from: open + 1)
    }

    /// The end of Lua's `[[text]]` or `[==[text]==]` at `start`; nil if there is none.
    private func longBracketEnd(from start: Int) -> Int? {
        var level = start + 1
        while level < text.count, text[level] == .equals { level += 1 }
        guard level < text.count, text[level] == .openBracket else { return nil }
        let signs = [UInt8](repeating: .equals, count: level - start - 1)
        return end(of: [.closeBracket] + signs + [.closeBracket], from: level + 1)
    }

    /// The position after the next `mark`; the end of the text if there is none.
    private func end(of mark: [UInt8], from start: Int) -> Int {
        var place = start
        while place < text.count {
            if text[place] == mark[0], text[place...].starts(with: mark) { return place + mark.count }
            place += text[place] == .backslash && mark.count == 3 && language.hasTripleQuotes ? 2 : 1
        }
        return text.count
    }

    private func has(_ mark: StaticString) -> Bool { text.has(mark, at: position, before: text.count) }

    // MARK: - Regular expressions

    /// Whether a slash is in place of a value, and so is not a division.
    private var beginsExpression: Bool {
        guard let last else { return true }
        if "(,=:[!&|?{};+-*%~^<>".utf8.contains(last) { return true }
        let word = text[..<position].reversed().drop { $0.isBlank }.prefix { $0.isLetter }
        return ["return", "typeof", "case", "in", "of"].contains(String(decoding: word.reversed(), as: UTF8.self))
    }

    /// The maximum length of a regular expression in bytes.
    private static let longestExpression = 1024

    private func expressionEnd() -> Int? {
        let limit = min(text.count, position + Self.longestExpression)
        var end = position + 1
        var isInSet = false
        while end < limit, !text[end].isLineBreak {
            switch text[end] {
            case .backslash: end += 1
            case .openBracket: isInSet = true
            case .closeBracket: isInSet = false
            case .slash where !isInSet: return end + 1
            default: break
            }
            end += 1
        }
        return nil
    }

    // MARK: - Modules

    /// Whether the string from a quote at `start` to that at `end` is a module's name after an importing word.
    private func namesModule(from start: Int, to end: Int) -> Bool {
        guard !language.importers.isEmpty, end > start + 1 else { return false }
        let lead = text[max(0, start - 32)..<start].reversed().drop {
            $0.isBlank || $0 == .openParenthesis || $0 == .comma
        }
        // The word includes the object to which it belongs: `Buffer.from("…")` does not import anything.
        let word = String(
            decoding: lead.prefix { $0.isVariableByte || $0 == .hash || $0 == .dot }.reversed(),
            as: UTF8.self
        )
        guard language.importers.contains(word) else { return false }
        let name = text[(start + 1)..<end]
        guard name.allSatisfy({ $0.isVariableByte || "./@-".utf8.contains($0) }) else { return false }
        // The host of `"wren.test/x"` belongs to an owner.
        if language.hasDottedModules || !name.contains(.slash) { return true }
        return name.first == .dot || !name.prefix { $0 != .slash }.contains(.dot)
    }

    // MARK: - PHP, Ruby and Perl

    /// Skips the text up to the next `<?`.
    private mutating func skipText() {
        var end = position
        while end < text.count, !text.has("<?", at: end, before: text.count) { end += 1 }
        end = min(text.count, end + 2)
        guard end > position else { return }
        add(end, .unknown)
        (lineStart, firstPart) = (position, parts.count)
    }

    /// Skips documentation, or everything after the end of the program.
    private mutating func skipDocumentation() {
        if has("__END__") || has("__DATA__") { return add(text.count, .comment) }
        guard has("=") else { return }
        let start = position + 1
        guard start < text.count, text[start].isLowercaseLetter else { return }
        let close = has("=begin") ? "\n=end" : "\n=cut"
        add(end(of: Array(close.utf8), from: position), .comment)
    }

    /// The maximum length in bytes of a name that ends a here-document, including preceding blanks and quotes.
    private static let longestName = 64

    /// Returns the name that ends the here-document announced by `<<NAME`; nil if there is none here.
    private func nameBehindMark() -> [UInt8]? {
        guard has("<<"), position == 0 || text[position - 1] != .lessThan else { return nil }
        let rest = text[(position + 2)...].prefix(Self.longestName).drop {
            "<~- ".utf8.contains($0) && language.isBetweenMarks || "~-".utf8.contains($0)
        }
        let isQuoted = rest.first == .doubleQuote || rest.first == .singleQuote
        let name = Array(rest.drop { $0 == .doubleQuote || $0 == .singleQuote }.prefix { $0.isVariableByte })
        guard let first = name.first, first.isUppercaseLetter || isQuoted || language.isBetweenMarks && has("<<<")
        else {
            return nil
        }
        return name
    }

    private mutating func skipTextsBehindLine() {
        for name in textsBehindLine {
            var line = position
            while line < text.count {
                let (contentEnd, nextLine) = text.endOfLine(from: line, before: text.count)
                let content = text[text.trimmed(line..<contentEnd)]
                let isEnd =
                    content.starts(with: name) && !(content.dropFirst(name.count).first?.isVariableByte ?? false)
                line = nextLine
                if isEnd { break }
            }
            if line > position { add(line, .unknown) }
            (lineStart, firstPart) = (position, parts.count)
        }
        textsBehindLine = []
    }

    /// Whether a sign other than a quote may delimit a text here: `%w[x]`, `qw(x)`, `/x/`, `<<EOS`.
    private func isDelimiter(at place: Int) -> Bool {
        let next = place + 1 < text.count ? text[place + 1] : 0
        switch text[place] {
        case .slash: return true
        case .backtick: return true
        case .percentSign: return next.isLetter || "([{<|!".utf8.contains(next)
        case .lessThan: return next == .lessThan
        case UInt8(ascii: "q"), UInt8(ascii: "m"), UInt8(ascii: "s"), UInt8(ascii: "y"):
            guard !language.isBetweenMarks, place == 0 || !text[place - 1].isVariableByte else { return false }
            var end = place
            while end < text.count, text[end].isLowercaseLetter, end - place < 2 { end += 1 }
            while end < text.count, text[end].isBlank { end += 1 }
            return end < text.count && "([{<|!#,'\"".utf8.contains(text[end])
        default: return false
        }
    }
}
