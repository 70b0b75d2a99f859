/// Reads what assigns in a format of its own: HCL, HOCON, Lua, shell, Python, JavaScript, nginx, coturn and their like.
///
/// It knows no grammar. Each line is read for names with `=`, `:` or `=>` and a value behind them, for directives
/// (`listen 443;`), for flags (`--flag value`) and for strings; brackets that stay open give the keys around the next
/// lines. A quote that is not closed on its line is no quote, so that a stray apostrophe cannot swallow the text.
struct AssignmentsReader {
    private static let nestingLimit = 32
    /// The longest `${…}` that is taken for one word, in bytes.
    private static let referenceLimit = 1024
    /// How many quotes of a line may be found open before the rest are taken for ordinary bytes.
    private static let openQuoteLimit = 8

    /// The directives whose first argument is a name, and the second its value (nginx, Apache, HAProxy).
    private static let namingDirectives: Set<String> = [
        "set", "setenv", "SetEnv", "env", "add_header", "proxy_set_header", "grpc_set_header", "fastcgi_param",
        "uwsgi_param", "scgi_param", "RequestHeader", "option", "list", "hardware",
    ]

    /// The functions whose first argument is a name, and the second its value.
    private static let namingFunctions: Set<String> = [
        "define", "setdefault", "setenv", "putenv", "getenv", "env", "environ.get", "os.environ.setdefault",
        "os.environ.get", "os.getenv", "os.Setenv", "config.set", "setProperty", "System.setProperty", "setParameter",
        "app.set",
    ]

    let text: [UInt8]
    private let fileDialect: Dialect
    private var dialect: Dialect
    var reading = Reading(as: .assignments)
    private var frames: [Frame] = []
    /// Brackets beyond the nesting limit that are open.
    private var deeperFrames = 0
    private var section: Address?
    private var isInBlockComment = false
    /// The here-document that the lines are in: the word that ends it, and the brackets that were open before.
    private var heredoc: (end: ArraySlice<UInt8>, frames: [Frame])?
    /// Whether the here-document is what `chpasswd` reads.
    private var isInLogins = false
    /// The setting whose value begins on the next line or with the next bracket.
    private var pendingKey: Address?
    private var statement = Statement()
    private var lineNumber = 0
    private var isFirstOnLine = true
    private var openQuotes = 0

    /// A bracket that is open.
    private struct Frame {
        var opener: UInt8
        var address: Address?
        /// Whether it holds the values of one setting.
        var isList: Bool
        /// Whether it holds the arguments of a function that names what it sets.
        var isNaming = false
        var count = 0
        var line: Int
        var pair = NamePair()
    }

    /// What has been read of a statement: a line, or a part of one up to `;`, `,` or `{`.
    private struct Statement {
        /// Whether commas stand between the words.
        var hasCommas = false
        /// The words and strings outside of assignments.
        var words: [Word] = []
        /// The setting that was assigned last.
        var key: Address?
    }

    /// A word, or the inside of a string.
    private struct Word {
        var range: Range<Int>
        /// How a string is spelled; nil for a word without quotes.
        var string: Encoding?
    }

    /// Makes a reader of settings that stand at `section`.
    init(_ text: [UInt8], dialect: Dialect, at section: Address? = nil) {
        self.text = text
        self.dialect = dialect
        self.section = section
        fileDialect = dialect
    }

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
        while index < range.upperBound {
            let line = text.endOfLine(from: index, before: range.upperBound)
            lineNumber += 1
            readLine(text.trimmed(index..<line.contentEnd))
            index = line.nextLine
        }
    }

    // MARK: - Lines

    private mutating func readLine(_ line: Range<Int>) {
        guard !line.isEmpty else { return }
        if let heredoc {
            let isEnd =
                heredoc.end.elementsEqual(Self.indentedStringMark)
                ? text[line].starts(with: heredoc.end) : text[line].elementsEqual(heredoc.end)
            if isEnd {
                frames = heredoc.frames
                self.heredoc = nil
                dialect = fileDialect
                isInLogins = false
                return
            }
        } else if let end = heredocWord(in: line) {
            readStatements(line)
            heredoc = (end, frames)
            frames = [Frame(opener: .lessThan, address: container, isList: false, line: 0)]
            dialect = .shell
            isInLogins = LoginReader.feeds(text, line)
            return
        } else if dialect.hasIndentedStrings, beginsIndentedString(line) {
            readStatements(line.lowerBound..<(line.upperBound - 2))
            let name = pendingKey
            pendingKey = nil
            heredoc = (text[(line.upperBound - 2)..<line.upperBound], frames)
            frames = [Frame(opener: .lessThan, address: name ?? container, isList: false, line: 0)]
            dialect = .configuration
            return
        }
        if heredoc != nil, isInLogins { return LoginReader.read(text, line, into: &reading) }
        if isInBlockComment {
            isInBlockComment = !text.has("*/", at: line.upperBound - 2, before: line.upperBound)
            return CommentReader.read(text, line, into: &reading)
        }
        if dialect.hasSections, let name = sectionName(in: line) {
            section = Address.of(text[name].split(separator: .dot).map { String(decoding: $0, as: UTF8.self) })
            reading.addKey(section, name, .line)
            frames.removeAll()
            return
        }
        if dialect.namesSites, frames.isEmpty { addSites(in: line) }
        readStatements(line)
        if dialect.family == .shell, heredoc == nil, LoginReader.feeds(text, line) {
            LoginReader.readPipe(text, line, into: &reading)
        }
    }

    private static let indentedStringMark: [UInt8] = [.singleQuote, .singleQuote]

    /// Whether a line ends with a `''` that opens a string.
    private func beginsIndentedString(_ line: Range<Int>) -> Bool {
        guard line.count > 2, text[line].suffix(2).elementsEqual(Self.indentedStringMark) else { return false }
        return !text[line].dropLast(2).contains(.singleQuote)
    }

    /// Adds the addresses at the head of a block of a Caddyfile: `otter.test, *.otter.test {`.
    private mutating func addSites(in line: Range<Int>) {
        guard text[line].last == .openBrace, text[line].first != .openParenthesis else { return }
        // What assigns or is quoted is no address, and is read as what it is.
        let isAddress = text[line].dropLast().allSatisfy {
            $0 == .comma || $0.isBlank || $0 != .equals && VerbatimRules.isBareByte($0)
        }
        let hasName = text[line].split(whereSeparator: \.isBlank).contains { $0.last == .colon }
        guard isAddress, !hasName else { return }
        for word in text[line].dropLast().split(whereSeparator: { $0.isBlank || $0 == .comma }) {
            reading.add(Address(Address(nil, "site"), "address"), word.startIndex..<word.endIndex, .bare)
        }
    }

    /// `<<EOF`, `<<-'EOF'` or `<<~EOF` in a line: the word that ends the lines behind it.
    private func heredocWord(in line: Range<Int>) -> ArraySlice<UInt8>? {
        guard dialect.family != .configuration, let mark = text[line].firstIndex(of: .lessThan),
            text.has("<<", at: mark, before: line.upperBound), !text.has("<<<", at: mark, before: line.upperBound)
        else { return nil }
        let word = text[(mark + 2)..<line.upperBound]
            .drop { $0 == .dash || $0 == UInt8(ascii: "~") || $0 == .singleQuote || $0 == .doubleQuote }
            .prefix { $0.isAlphanumeric || $0 == .underscore }
        return word.first?.isLetter ?? false ? word : nil
    }

    /// The name in `[name]` or `[[name]]` that fills a line.
    private func sectionName(in line: Range<Int>) -> Range<Int>? {
        guard text[line].first == .openBracket, text[line].last == .closeBracket else { return nil }
        var name = line
        while name.count >= 2, text[name].first == .openBracket, text[name].last == .closeBracket {
            name = (name.lowerBound + 1)..<(name.upperBound - 1)
        }
        let isName = text[name].allSatisfy { $0.isNameByte || [.dot, .dash, .space, .colon, .slash].contains($0) }
        return isName && text[name].contains(where: \.isLetter) ? name : nil
    }

    private mutating func readStatements(_ line: Range<Int>) {
        statement = Statement()
        isFirstOnLine = true
        openQuotes = 0
        var index = line.lowerBound
        // An item of a YAML list begins like a line.
        if text.has("- ", at: index, before: line.upperBound) { index += 2 }
        while index < line.upperBound {
            if text[index].isBlank {
                index += 1
            } else if isComment(at: index, in: line) {
                finishStatement(isTerminated: false)
                return readComment(index..<line.upperBound)
            } else {
                index = readToken(at: index, before: line.upperBound)
                isFirstOnLine = false
            }
        }
        finishStatement(isTerminated: false)
    }

    private func isComment(at index: Int, in line: Range<Int>) -> Bool {
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

    private mutating func readComment(_ range: Range<Int>) {
        if text.has("/*", at: range.lowerBound, before: range.upperBound) {
            isInBlockComment = !text.has("*/", at: range.upperBound - 2, before: range.upperBound)
        }
        CommentReader.read(text, range, into: &reading)
    }

    // MARK: - Tokens

    /// Reads what stands at `index` and returns the index behind it.
    private mutating func readToken(at index: Int, before end: Int) -> Int {
        switch text[index] {
        case .doubleQuote, .singleQuote:
            return readString(at: index, before: end)
        case .openBracket:
            if let next = readBracketedKey(at: index, before: end) { return next }
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
            if dialect.family == .configuration, statement.key == nil, isFirstOfList, frames.last?.isList != true {
                // `option domain-name-servers 192.0.2.1, 192.0.2.2;`
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

    private mutating func readString(at start: Int, before end: Int) -> Int {
        let isApostrophe = text[start] == .singleQuote && start > 0 && text[start - 1].isNameByte
        guard !isApostrophe, let close = closingQuote(of: start, before: end) else { return start + 1 }
        let inside = (start + 1)..<close
        let encoding = stringEncoding(text[start])
        let isMember = dialect.family == .code && statement.words.isEmpty && statement.key == nil
        if let separator = separator(from: close + 1, before: end), isMember || isKeyText(inside),
            separator.start == close + 1 || !isShell
        {
            return readAssignment(of: inside, encoding, separator, before: end)
        }
        addString(inside, encoding)
        return close + 1
    }

    /// Reads `["key"] = value` (Lua, PHP, Python).
    private mutating func readBracketedKey(at start: Int, before end: Int) -> Int? {
        let quote = start + 1
        guard quote < end, text[quote] == .doubleQuote || text[quote] == .singleQuote,
            let close = closingQuote(of: quote, before: end), close + 1 < end, text[close + 1] == .closeBracket,
            let separator = separator(from: close + 2, before: end)
        else { return nil }
        return readAssignment(of: (quote + 1)..<close, stringEncoding(text[quote]), separator, before: end)
    }

    private mutating func readWord(at start: Int, before end: Int) -> Int {
        let wordEnd = endOfWord(from: start, before: end)
        let word = start..<wordEnd
        if let key = keyName(in: word), let separator = separator(from: wordEnd, before: end) {
            let isTight = separator.start == wordEnd && separator.end < end && !text[separator.end].isBlank
            if isTight || mayBeginAssignment {
                return readAssignment(of: key, .bare, separator, before: end)
            }
        }
        statement.words.append(Word(range: word))
        return wordEnd
    }

    /// Whether a word with a separator behind blanks is the name of a setting and no operand: in a program any word may
    /// be (`local x = 1`), in a shell the first of a line, elsewhere the first of a statement.
    private var mayBeginAssignment: Bool {
        switch dialect.family {
        case .code: true
        case .shell: isFirstOnLine
        case .configuration: statement.words.isEmpty && statement.key == nil
        }
    }

    private var isShell: Bool { dialect.family == .shell }

    /// The end of the word that starts at `start`, of which `${…}` and `{{…}}` are a part.
    private func endOfWord(from start: Int, before end: Int) -> Int {
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

    /// The end of `${…` or `{{…`, which are short.
    private func closingBrace(of start: Int, before end: Int) -> Int? {
        text[start..<min(end, start + Self.referenceLimit)].firstIndex(of: .closeBrace)
    }

    private func isColonSeparator(at index: Int, before end: Int) -> Bool {
        guard index + 1 < end else { return true }
        let next = text[index + 1]
        return next.isBlank || next == .doubleQuote || next == .singleQuote || next == .equals || next == .openBrace
            || next == .openBracket
    }

    /// `=`, `:`, `:=`, `=>` or `+=` behind blanks.
    private func separator(from start: Int, before end: Int) -> (start: Int, end: Int)? {
        var index = start
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

    /// The end of the equals sign in `name: type = value` of typed languages.
    private func signBehindType(from start: Int, before end: Int) -> Int? {
        guard dialect.family == .code else { return nil }
        var index = start
        let limit = min(end, start + 64)
        while index < limit, isTypeByte(text[index]) { index += 1 }
        guard index < limit, text[index] == .equals, text[start..<index].contains(where: \.isLetter) else { return nil }
        let next = index + 1 < end ? text[index + 1] : .space
        return next == .equals || next == .greaterThan ? nil : index + 1
    }

    private func isTypeByte(_ byte: UInt8) -> Bool {
        byte.isNameByte || byte.isBlank
            || [.dot, .openBracket, .closeBracket, .lessThan, .greaterThan, .pipe, .question, .ampersand].contains(byte)
    }

    /// The name in a word that can stand before a separator, without dashes of a flag and marks of a variable.
    private func keyName(in word: Range<Int>) -> Range<Int>? {
        var range = word
        while let first = text[range].first, first == .dash || first == .dollar || first == UInt8(ascii: "@") {
            range = (range.lowerBound + 1)..<range.upperBound
        }
        while let last = text[range].last, last == .plus || last == .question || last == .colon {
            range = range.lowerBound..<(range.upperBound - 1)
        }
        guard let first = text[range].first, first.isNameByte || first == .dot else { return nil }
        return isKeyText(range) && !text[range].contains(where: \.isBlank) ? range : nil
    }

    private func isKeyText(_ range: Range<Int>) -> Bool {
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

    /// The quote that closes the one at `start` on the same line.
    private mutating func closingQuote(of start: Int, before end: Int) -> Int? {
        guard openQuotes < Self.openQuoteLimit else { return nil }
        let quote = text[start]
        let knowsEscapes = !(isShell && quote == .singleQuote)
        var index = start + 1
        while index < end {
            if text[index] == quote { return index }
            index += knowsEscapes && text[index] == .backslash ? 2 : 1
        }
        openQuotes += 1
        return nil
    }

    private func stringEncoding(_ quote: UInt8) -> Encoding {
        if isShell { return quote == .doubleQuote ? .shellDoubleQuoted : .shellSingleQuoted }
        return quote == .doubleQuote ? .doubleQuoted : .singleQuoted
    }

    // MARK: - Assignments

    private var container: Address? { frames.last.map { $0.address } ?? section }

    private mutating func readAssignment(
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
        if let string = stringStart(at: index, before: end) { index = string }
        switch text[index] {
        case .doubleQuote, .singleQuote:
            guard let close = closingQuote(of: index, before: end) else {
                // A string of several lines: what is on this line is a value, the others are lines like any.
                add(text.trimmed((index + 1)..<end), .line, at: address)
                return end
            }
            let encoding = stringEncoding(text[index])
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
            // The words of a command are no values of the setting that takes its output.
            statement.key = nil
            return index + 1
        case .backtick, .greaterThan, .lessThan, .pipe:
            return index + 1
        default:
            return readBareValue(at: index, of: address, isTight: isTight, isFirst: isFirst, before: end)
        }
    }

    /// Skips the letters of a Python string (`b"…"`) and the first two of three quotes.
    private func stringStart(at start: Int, before end: Int) -> Int? {
        var index = start
        while index < end, index < start + 2, "rbfuRBFU".utf8.contains(text[index]) { index += 1 }
        guard index < end, text[index] == .doubleQuote || text[index] == .singleQuote else { return nil }
        let isTriple = index + 2 < end && text[index + 1] == text[index] && text[index + 2] == text[index]
        return isTriple ? index + 2 : index
    }

    private mutating func readBareValue(
        at start: Int,
        of address: Address,
        isTight: Bool,
        isFirst: Bool,
        before end: Int
    ) -> Int {
        let isInline = frames.last.map { $0.line == lineNumber || $0.isList && $0.opener != .openBrace } ?? false
        switch dialect.family {
        case .code:
            let wordEnd = endOfWord(from: start, before: end)
            if VerbatimRules.literalKind(text[start..<wordEnd]) != nil {
                reading.add(address, start..<wordEnd, .literal)
                return wordEnd
            }
            // An expression: the strings in it are values of the setting.
            return start
        case .shell where isTight || !isFirst, .configuration where isInline || !isFirst:
            let wordEnd = endOfBareValue(from: start, before: end, stopsAtComma: isInline)
            if isShell, wordEnd < end, text[wordEnd] == .openParenthesis, text[wordEnd - 1] == .dollar {
                statement.key = nil
                return wordEnd
            }
            add(start..<wordEnd, at: address)
            return max(wordEnd, start + 1)
        case .shell, .configuration:
            return readRestOfLine(from: start, of: address, isTight: isTight, before: end)
        }
    }

    /// Whether `name=` stands at `start`, as behind the comma of `KEY=value,KEY2=value2`.
    private func beginsSetting(at start: Int, before end: Int) -> Bool {
        guard start < end, text[start].isLetter || text[start] == .underscore else { return false }
        let rest = text[start..<min(end, start + 128)].drop { $0.isNameByte || $0 == .dash }
        return rest.first == .equals
    }

    /// The end of a value without quotes that is one word.
    private func endOfBareValue(from start: Int, before end: Int, stopsAtComma: Bool) -> Int {
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

    /// Reads a value that is the rest of the line, up to a comment and without `;` or `,` at the end.
    ///
    /// Where further words `key=value` follow a tight `=`, the value is one word.
    private mutating func readRestOfLine(from start: Int, of address: Address, isTight: Bool, before end: Int) -> Int {
        var index = start
        while index < end {
            let isMark = text[index] == .hash || (dialect.hasSlashComments && text.has("//", at: index, before: end))
            // At the beginning `# ` is a comment, but `#282c34` is a colour.
            let isColour = index == start && text[index] == .hash && index + 1 < end && !text[index + 1].isBlank
            if isMark, text[index - 1].isBlank, !isColour { break }
            index += 1
        }
        let commentStart = index
        var value = text.trimmed(start..<commentStart)
        if !frames.isEmpty, let close = text[value].firstIndex(of: .closeBrace), text[close - 1].isBlank,
            !text[value].contains(.openBrace)
        {
            // `{ key = value }` on one line.
            add(text.trimmed(start..<close), at: address)
            return close
        }
        if isTight, let blank = text[value].firstIndex(where: \.isBlank),
            text[blank..<value.upperBound].contains(.equals)
        {
            add(start..<blank, at: address)
            return blank
        }
        if let brace = openingBrace(in: value) {
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

    /// A brace behind a blank that begins no `{{…}}`.
    private func openingBrace(in range: Range<Int>) -> Int? {
        guard let brace = text[range].firstIndex(of: .openBrace), brace > range.lowerBound, text[brace - 1].isBlank
        else { return nil }
        return text.has("{{", at: brace, before: range.upperBound)
            || text.has("{%", at: brace, before: range.upperBound) ? nil : brace
    }

    private mutating func add(_ value: Range<Int>, at address: Address?) {
        add(value, SettingLine.encoding(of: text[value]), at: address)
    }

    private mutating func add(_ value: Range<Int>, _ encoding: Encoding, at address: Address?) {
        reading.add(address, value, encoding)
        WordScanner.scan(text, value, under: address, spelledAs: encoding, into: &reading)
    }

    // MARK: - Strings and brackets

    /// Adds a string that no name stands before.
    private mutating func addString(_ range: Range<Int>, _ encoding: Encoding) {
        // `""` before and behind a string of three quotes.
        guard !range.isEmpty || !statement.words.isEmpty else { return }
        if let key = statement.key {
            add(range, encoding, at: key)
        } else if let frame = frames.last, frame.isList, statement.words.isEmpty {
            if frame.isNaming, frame.count == 0, isKeyText(range) {
                let name = Address(container, text.string(in: range))
                reading.addKey(name, range, encoding)
                frames[frames.count - 1].address = name
            } else {
                add(range, encoding, at: frame.isNaming ? frame.address : Address(frame.address, String(frame.count)))
            }
            frames[frames.count - 1].count += 1
        } else if let key = pendingKey, statement.words.isEmpty {
            add(range, encoding, at: key)
        } else {
            statement.words.append(Word(range: range, string: encoding))
        }
    }

    private mutating func open(at index: Int) {
        let opener = text[index]
        let isNaming = opener == .openParenthesis && callsNamingFunction
        var address = container
        var isList = false
        if let key = pendingKey, !isNaming {
            address = key
            isList = opener != .openBrace || dialect.family == .code
        } else if opener == .openBrace, let name = blockName() {
            address = name
        } else if opener == .openBrace {
            finishStatement(isTerminated: false)
        } else if isNaming {
            isList = true
        } else if let frame = frames.last, frame.isList {
            address = Address(frame.address, String(frame.count))
            frames[frames.count - 1].count += 1
            isList = true
        } else if let key = statement.key {
            address = key
            isList = true
        }
        pendingKey = nil
        statement = Statement(
            words: opener == .openParenthesis && !isNaming ? statement.words : [],
            key: opener == .openParenthesis && !isNaming ? statement.key : nil
        )
        guard frames.count < Self.nestingLimit else {
            deeperFrames += 1
            return
        }
        frames.append(Frame(opener: opener, address: address, isList: isList, isNaming: isNaming, line: lineNumber))
    }

    /// Whether the word before a parenthesis is a function that names what it sets.
    private var callsNamingFunction: Bool {
        guard dialect.family == .code, let word = statement.words.last, word.string == nil else { return false }
        // The longest names are short, and a word may be long.
        return word.range.count <= 32 && Self.namingFunctions.contains(text.string(in: word.range))
    }

    private mutating func close() {
        finishStatement(isTerminated: false)
        if deeperFrames > 0 {
            deeperFrames -= 1
        } else if let frame = frames.popLast(), let alias = frame.pair.alias {
            reading.add(alias.address, alias.range, alias.encoding)
        }
    }

    /// The address of a block that begins with the words of the statement: `resource "type" "name" {`.
    private mutating func blockName() -> Address? {
        guard let first = statement.words.first, first.string != nil || keyName(in: first.range) != nil else {
            return nil
        }
        guard !text[first.range].elementsEqual("return".utf8) else {
            statement.words = []
            return container
        }
        var address = container
        for (position, word) in statement.words.enumerated() {
            let encoding = word.string ?? SettingLine.encoding(of: text[word.range])
            let isAddress = text[word.range].contains(.dot) || text[word.range].contains(.colon)
            if dialect.family == .configuration, position == 1 || position > 1 && isAddress {
                // `zone "otter.test" {`, `host laptop {`: the name of a block is a value, too.
                let kind = Address(container, text.string(in: first.range))
                reading.add(Address(kind, "name"), word.range, encoding)
            }
            address = Address(address, text.string(in: word.range))
            reading.addKey(address, word.range, encoding)
        }
        statement.words = []
        return address
    }

    // MARK: - Directives

    /// Reads the words of a statement that is over.
    private mutating func finishStatement(isTerminated: Bool) {
        defer { statement = Statement() }
        let words = statement.words
        guard let first = words.first else { return }
        if isTerminated, words.count == 1, statement.key == nil, addListedAddress(first) { return }
        if isShell, addEnvironmentOfImage(words) { return }
        if let frame = frames.last, frame.isList, statement.key == nil {
            return addItems(words)
        }
        let name = first.string == nil ? keyName(in: first.range) : nil
        let address = name.map { Address(container, text.string(in: $0)) }
        if let name, let address, statement.key == nil, isDirective(words, isTerminated: isTerminated) {
            return addDirective(name, address, words)
        }
        addFlags(of: words, at: address ?? container)
    }

    /// Adds a statement that is one address, as in `allow-transfer { 192.0.2.7; };`; false where it is none.
    private mutating func addListedAddress(_ word: Word) -> Bool {
        guard dialect.family == .configuration, let frame = frames.last, frame.opener == .openBrace, !frame.isList,
            word.string == nil, text[word.range].contains(where: { $0.isDigit || $0 == .dot })
        else { return false }
        reading.add(Address(frame.address, String(frame.count)), word.range, .bare)
        frames[frames.count - 1].count += 1
        return true
    }

    /// Adds `ENV NAME some value` of a Dockerfile; false where it is anything else.
    private mutating func addEnvironmentOfImage(_ words: [Word]) -> Bool {
        guard words.count > 2, statement.key == nil, text[words[0].range].elementsEqual("ENV".utf8),
            words[0].string == nil, let name = keyName(in: words[1].range)
        else { return false }
        let address = Address(container, text.string(in: name))
        reading.addKey(address, name, .bare)
        if words.count == 3 {
            add(words[2], at: address)
        } else {
            add(words[2].range.lowerBound..<words[words.count - 1].range.upperBound, .line, at: address)
        }
        return true
    }

    /// Adds the words behind flags, and the strings among the others at `address`.
    private mutating func addFlags(of words: [Word], at address: Address?) {
        var flag: Address?
        for word in words {
            let isFlag = word.string == nil && text.has("--", at: word.range.lowerBound, before: word.range.upperBound)
            if isFlag, let name = keyName(in: word.range) {
                guard !CommandSwitch.isOne(text[name], behind: words.map { text[$0.range] }) else { continue }
                flag = Address(container, text.string(in: name))
                reading.addKey(flag, name, .bare)
                continue
            }
            let isOption = word.string == nil && text[word.range].first == .dash
            if word.string != nil || (flag != nil && !isOption) { add(word, at: flag ?? address) }
            flag = nil
        }
    }

    private mutating func add(_ word: Word, at address: Address?) {
        add(word.range, word.string ?? SettingLine.encoding(of: text[word.range]), at: address)
    }

    /// Whether words are a directive: `name argument…;`, or a line of configuration that is a name and one argument, or
    /// two where the first of them is a name.
    private func isDirective(_ words: [Word], isTerminated: Bool) -> Bool {
        guard dialect.family == .configuration, words.count > 1 else { return false }
        if isTerminated || words.count == 2 && !statement.hasCommas { return true }
        return words.count == 3 && words[0].string == nil
            && Self.namingDirectives.contains(text.string(in: words[0].range))
    }

    private mutating func addDirective(_ name: Range<Int>, _ address: Address, _ words: [Word]) {
        reading.addKey(address, name, .bare)
        if words.count >= 3, words.count == 3 || statement.hasCommas, words[1].string == nil,
            let inner = keyName(in: words[1].range), Self.namingDirectives.contains(address.key)
        {
            // `proxy_set_header Host example;`, `set $password "x";`: the second word is a name, too.
            let address = Address(address, text.string(in: inner))
            reading.addKey(address, inner, .bare)
            for word in words.dropFirst(2) { add(word, at: address) }
            return
        }
        for (index, argument) in words.dropFirst().enumerated() {
            add(argument, at: words.count == 2 ? address : Address(address, String(index)))
        }
    }

    /// Adds the items of a list that are no strings.
    private mutating func addItems(_ words: [Word]) {
        for word in words {
            let top = frames.count - 1
            let address = Address(frames[top].address, String(frames[top].count))
            frames[top].count += 1
            if let string = word.string {
                add(word.range, string, at: address)
            } else if dialect.family != .code {
                add(word.range, at: address)
            } else if VerbatimRules.literalKind(text[word.range]) != nil {
                reading.add(address, word.range, .literal)
            }
        }
    }
}
