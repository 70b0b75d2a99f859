/// Finds the strings and comments of a program.
struct CodeReader {
    let language: CodeLanguage
    let text: [UInt8]
    /// Whether each byte may begin a string or a comment, by which nearly all bytes of a program are skipped.
    private let mayBegin: [Bool]
    private var parts: [CodeText.Part] = []
    private(set) var position = 0
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
    /// The number of texts so far that seemed to begin, but do not end; a limit keeps the reading linear.
    private var failureCount = 0
    private static let failureLimit = 256
    private var hasUnclosedTemplate = false
    /// Whether each open parenthesis contains the condition of a statement, behind which a value may begin.
    private var conditions: [Bool] = []
    /// Whether the last closing parenthesis ended such a condition.
    private var endsCondition = false

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
        if readDelimitedText(beginningWith: byte) { return true }
        if language.hasExpressions, byte != .slash { note(parenthesis: byte) }
        guard byte == .slash, failureCount < Self.failureLimit, mayBeginExpression else { return false }
        guard let end = expressionEnd() else {
            failureCount += 1
            return false
        }
        add(end, .string)
        last = .doubleQuote
        return true
    }

    /// Reads a text of Ruby or Perl between chosen signs; returns false if there is none.
    private mutating func readDelimitedText(beginningWith byte: UInt8) -> Bool {
        guard let style = language.delimitedTexts, style.beginnings.contains(byte), failureCount < Self.failureLimit
        else {
            return false
        }
        switch DelimitedText(text, style).find(at: position, beginsValue: beginsExpression) {
        case .none: return false
        case .unclosed:
            failureCount += 1
            return false
        case .some(let range):
            position = range.lowerBound
            add(range.upperBound, .string)
            last = .doubleQuote
            return true
        }
    }

    /// Remembers whether a parenthesis belongs to the condition of a statement: `if (x) /y/.test(z)`.
    private mutating func note(parenthesis byte: UInt8) {
        if byte == .closeParenthesis {
            endsCondition = conditions.popLast() ?? false
        } else {
            conditions.append(["if", "while", "for", "with"].contains(wordBefore))
        }
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
        if isLong, language.hasTemplates, !hasUnclosedTemplate {
            if let end = TemplateText(text).end(from: position) {
                last = quote
                return add(end, .string)
            }
            hasUnclosedTemplate = true
        }
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

    // MARK: - Regular expressions

    /// Whether a slash begins a regular expression with certainty.
    private var mayBeginExpression: Bool {
        if language.hasExpressions { return beginsExpression }
        // Elsewhere in Ruby and Perl, the word before decides.
        return language.delimitedTexts != nil && last.map { "(,=~!{;|&[".utf8.contains($0) } ?? false
    }

    /// Whether a slash is in place of a value, and so is not a division.
    private var beginsExpression: Bool {
        guard let last else { return true }
        if last == .closeParenthesis { return endsCondition }
        if last == .plus || last == .dash, text[..<position].last(where: { !$0.isWhitespace }) == last {
            // `i++ / 2` divides.
            let signs = text[..<position].reversed().drop { $0.isWhitespace }.prefix(2)
            if signs.count == 2, signs.allSatisfy({ $0 == last }) { return false }
        }
        if "(,=:[!&|?{};+-*%~^<>".utf8.contains(last) { return true }
        return Self.wordsBeforeValues.contains(wordBefore)
    }

    private static let wordsBeforeValues: Set<String> = [
        "return", "typeof", "case", "in", "of", "delete", "void", "do", "else", "throw",
    ]

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
}
