/// Reads assignments in other formats: HCL, HOCON, Lua, shell, Python, JavaScript, nginx, coturn and similar ones.
///
/// It has no grammar. Each line is searched for names followed by `=`, `:` or `=>` and a value, for directives (`listen
/// 443;`), for flags (`--flag value`) and for strings. Brackets that stay open determine the keys of the next lines. A
/// quote that is not closed on its line is ignored, so that a stray apostrophe cannot swallow the rest of the text.
struct AssignmentsReader {
    static let nestingLimit = 32
    /// The number of unclosed quotes in a line after which the rest are ordinary bytes.
    static let openQuoteLimit = 8

    let text: [UInt8]
    let fileDialect: Dialect
    var syntax: AssignmentSyntax
    var reading = Reading(as: .assignments)
    var frames: [Frame] = []
    /// The number of open brackets beyond the nesting limit.
    var deeperFrames = 0
    private var section: Address?
    private var isInBlockComment = false
    /// The current here-document: the word that ends it, and the brackets that were open before.
    var heredoc: (end: ArraySlice<UInt8>, frames: [Frame])?
    /// The setting whose value is a one-line here-document, that line, and the number of values read before.
    var heredocValue: (address: Address, line: Range<Int>?, count: Int)?
    /// The text of a here-document that may be YAML or JSON, its setting, and the number of values read before.
    var heredocText: (address: Address, range: Range<Int>, count: Int)?
    /// Whether the here-document is input of `chpasswd`.
    var isInLogins = false
    /// The setting whose value begins on the next line or with the next bracket.
    var pendingKey: Address?
    var statement = Statement()
    var lineNumber = 0
    var isFirstOnLine = true
    var openQuotes = 0
    /// The current line, and the end of the text that is read.
    private(set) var line = 0..<0
    private(set) var readEnd = 0
    /// The index at which reading continues, if a value ends after the current line.
    var resume: Int?
    /// The levels of Lua's long brackets that are not closed in the rest of the text.
    var unclosedLongBrackets: Set<Int> = []

    /// An open bracket.
    struct Frame {
        var opener: UInt8
        var address: Address?
        /// Whether it contains the values of a single setting.
        var isList: Bool
        /// Whether it contains the arguments of a function whose first argument names its second.
        var isNaming = false
        var count = 0
        var line: Int
        var pair = NamePair()
    }

    /// The state of a statement: a line, or a part of one up to `;`, `,` or `{`.
    struct Statement {
        /// Whether commas separate the words.
        var hasCommas = false
        /// The words and strings outside of assignments.
        var words: [Word] = []
        /// The setting that was assigned last.
        var key: Address?
        /// Whether the words are a function and its arguments, in which the function does not name them:
        /// `map.getPassword("alias")`.
        var isCall = false
    }

    /// A word, or the inside of a string.
    struct Word {
        var range: Range<Int>
        /// The encoding of a string; nil for an unquoted word.
        var string: Encoding?
    }

    // MARK: - Reading

    /// Makes a reader of settings below `section`.
    init(_ text: [UInt8], dialect: Dialect, at section: Address? = nil) {
        self.text = text
        self.section = section
        fileDialect = dialect
        syntax = AssignmentSyntax(text: text, dialect: dialect)
    }

    /// Whether the current line belongs to a here-document.
    var isInHeredoc: Bool { heredoc != nil }

    /// The address to which the next settings belong.
    var container: Address? { frames.last.map { $0.address } ?? section }

    /// Reads the text in `range`.
    static func read(
        _ text: [UInt8],
        in range: Range<Int>,
        dialect: Dialect,
        at section: Address? = nil
    ) -> Reading {
        var reader = AssignmentsReader(text, dialect: dialect, at: section)
        reader.readLines(range)
        return reader.reading
    }

    /// Reads the lines in `range`.
    mutating func readLines(_ range: Range<Int>) {
        var index = range.lowerBound
        readEnd = range.upperBound
        while index < range.upperBound {
            let (contentEnd, nextLine) = text.endOfLine(from: index, before: range.upperBound)
            lineNumber += 1
            line = text.trimmed(index..<contentEnd)
            readLine(line)
            index = nextLine
            if let resumed = resume, resumed > index {
                lineNumber += text[index..<resumed].count { $0 == .newline }
                index = resumed
            }
            resume = nil
        }
    }

    // MARK: - Lines

    private mutating func readLine(_ line: Range<Int>) {
        guard !line.isEmpty else { return }
        if heredoc == nil ? beginsHeredoc(line) : endsHeredoc(line) { return }
        if let value = heredocValue {
            if value.line == nil, beginsText(line) { heredocText = (value.address, line, value.count) }
            heredocValue = value.line == nil ? (value.address, line, value.count) : nil
        }
        if let start = heredocText?.range.lowerBound { heredocText?.range = start..<line.upperBound }
        if heredoc != nil, isInLogins { return LoginReader.read(text, line, into: &reading) }
        if isInBlockComment {
            isInBlockComment = !text.has("*/", at: line.upperBound - 2, before: line.upperBound)
            return CommentReader.read(text, line, into: &reading)
        }
        if syntax.dialect.hasSections, let name = syntax.sectionName(in: line) {
            section = Address.of(text[name].split(separator: .dot).map { String(decoding: $0, as: UTF8.self) })
            reading.addKey(section, name, .line)
            frames.removeAll()
            return
        }
        if syntax.dialect.namesSites, frames.isEmpty { addSites(in: line) }
        let first = reading.values.count
        readStatements(line)
        if syntax.dialect.family == .shell, heredoc == nil, LoginReader.feeds(text, line) {
            LoginReader.readPipe(text, line, beside: first, into: &reading)
        }
    }

    /// Whether a line consists of the word that ends a here-document and the end of its statement, as in PHP.
    func endsStatement(_ line: Range<Int>, behind word: ArraySlice<UInt8>) -> Bool {
        fileDialect.family == .code && text[line].starts(with: word)
            && text[line].dropFirst(word.count).allSatisfy {
                [.semicolon, .comma, .closeParenthesis, .closeBracket].contains($0)
            }
    }

    /// Adds the addresses at the head of a Caddyfile's block, which may continue on the next line after a comma:
    /// `otter.test, *.otter.test {`.
    private mutating func addSites(in line: Range<Int>) {
        guard text[line].last == .openBrace || text[line].last == .comma, text[line].first != .openParenthesis else {
            return
        }
        // Assignments and quoted text are not addresses, and are read as usual.
        let isAddress = text[line].dropLast().allSatisfy {
            $0 == .comma || $0.isBlank || $0 != .equals && VerbatimRules.isBareByte($0)
        }
        let hasName = text[line].split(whereSeparator: \.isBlank).contains { $0.last == .colon }
        guard isAddress, !hasName else { return }
        for word in text[line].dropLast().split(whereSeparator: { $0.isBlank || $0 == .comma }) {
            reading.add(Address(Address(nil, "site"), "address"), word.startIndex..<word.endIndex, .bare)
        }
    }

    // MARK: - Statements

    mutating func readStatements(_ line: Range<Int>) {
        statement = Statement()
        isFirstOnLine = true
        openQuotes = 0
        var index = line.lowerBound
        // An item of a YAML list begins like a line.
        if text.has("- ", at: index, before: line.upperBound) { index += 2 }
        if let (name, value) = syntax.definition(in: line) {
            index = readAssignment(of: name, .bare, (name.upperBound, value), before: line.upperBound)
        } else if let end = readTuple(line) {
            index = end
        }
        while index < line.upperBound {
            if text[index].isBlank {
                index += 1
            } else if syntax.isComment(at: index, in: line) {
                finishStatement(isTerminated: false)
                return readComment(index..<line.upperBound)
            } else {
                index = readToken(at: index, before: line.upperBound)
                isFirstOnLine = false
            }
        }
        finishStatement(isTerminated: false)
    }

    private mutating func readComment(_ range: Range<Int>) {
        if text.has("/*", at: range.lowerBound, before: range.upperBound) {
            isInBlockComment = !text.has("*/", at: range.upperBound - 2, before: range.upperBound)
        }
        CommentReader.read(text, range, into: &reading)
    }
}
