/// Reads text written for people: Markdown, notes, mails.
///
/// A line such as `Password: abc` is a setting, and so are the cells of a table row and words such as `KEY=value`. The
/// lines of a fenced block are read as commands.
struct ProseReader {
    private static let nameLimit = 48

    private let text: [UInt8]
    private var reading: Reading
    private var fence: ArraySlice<UInt8>?
    /// The text after the current line.
    private var rest = 0..<0
    /// The column names of the current table.
    private var columns: [Address?] = []
    /// The last row, as long as the columns have no names.
    private var head: [Address?] = []

    private init(_ text: [UInt8]) {
        self.text = text
        reading = Reading(as: .prose)
    }

    /// Reads the text in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>) -> Reading {
        var reader = ProseReader(text)
        var commands: AssignmentsReader?
        var index = range.lowerBound
        while index < range.upperBound {
            let line = text.endOfLine(from: index, before: range.upperBound)
            let content = text.trimmed(index..<line.contentEnd)
            reader.rest = line.nextLine..<range.upperBound
            if reader.crossesFence(content) {
                // The fence itself has no contents.
            } else if reader.fence != nil {
                var fenced = commands ?? AssignmentsReader(text, dialect: .shell)
                commands = nil
                swap(&fenced.reading, &reader.reading)
                fenced.readLines(content)
                swap(&fenced.reading, &reader.reading)
                commands = fenced
            } else {
                reader.readLine(content)
            }
            index = line.nextLine
        }
        return reader.reading
    }

    private mutating func crossesFence(_ line: Range<Int>) -> Bool {
        guard let mark = text[line].first, mark == .backtick || mark == UInt8(ascii: "~") else { return false }
        let run = text[line].prefix { $0 == mark }
        guard run.count >= 3 else { return false }
        if let open = fence {
            guard open.first == mark, run.count >= open.count else { return false }
            fence = nil
        } else {
            fence = run
        }
        return true
    }

    private mutating func readLine(_ line: Range<Int>) {
        guard !line.isEmpty else {
            columns = []
            head = []
            return
        }
        if text[line].first == .pipe { return readRow(line) }
        columns = []
        head = []
        for part in parts(of: withoutMarkup(line)) { readPart(part) }
    }

    /// Splits a line at bars with blanks around them, if each part is a setting: `root-pw: abc | user: def`; otherwise
    /// returns the whole line.
    private func parts(of line: Range<Int>) -> [Range<Int>] {
        let parts = text[line].split(separator: .pipe, omittingEmptySubsequences: false)
            .map { text.trimmed($0.startIndex..<$0.endIndex) }
        return parts.count > 1 && parts.allSatisfy { setting(in: $0) != nil } ? parts : [line]
    }

    private mutating func readPart(_ rest: Range<Int>) {
        if let setting = setting(in: rest) {
            let address = Address(nil, text.string(in: setting.name))
            reading.addKey(address, setting.name, .line)
            reading.add(address, setting.value, .line)
            WordScanner.scan(text, setting.value, under: address, spelledAs: .line, into: &reading)
        } else {
            readWords(rest)
        }
    }

    /// Whether a byte belongs to list, quote, heading and emphasis marks.
    private static func isMark(_ byte: UInt8) -> Bool {
        byte == .dash || byte == .asterisk || byte == .plus || byte == .greaterThan || byte == .hash
    }

    /// Returns the line without list, quote, heading and emphasis marks.
    private func withoutMarkup(_ line: Range<Int>) -> Range<Int> {
        var start = line.lowerBound
        while start < line.upperBound,
            text[start].isBlank || Self.isMark(text[start])
        {
            start += 1
        }
        var number = start
        while number < line.upperBound, text[number].isDigit { number += 1 }
        if number > start, number + 1 < line.upperBound, text[number] == .dot || text[number] == .closeParenthesis,
            text[number + 1].isBlank
        {
            start = number + 1
        }
        return text.trimmed(start..<line.upperBound)
    }

    private func setting(in line: Range<Int>) -> (name: Range<Int>, value: Range<Int>)? {
        let limit = min(line.upperBound, line.lowerBound + Self.nameLimit)
        var index = line.lowerBound
        var words = 1
        while index < limit, text[index] != .colon, text[index] != .equals {
            guard isNameByte(text[index]) else { return nil }
            if text[index].isBlank, index > line.lowerBound, !text[index - 1].isBlank { words += 1 }
            index += 1
        }
        guard index < limit, words <= 5 else { return nil }
        let name = unwrapped(text.trimmed(line.lowerBound..<index))
        // `12:30` and `https://…` have no blank after the colon; in `**Password:** abc`, the mark comes first.
        var valueStart = index + 1
        while valueStart < line.upperBound, text[valueStart] == .asterisk || text[valueStart] == .underscore {
            valueStart += 1
        }
        guard valueStart < line.upperBound, text[index] == .equals || text[valueStart].isBlank else { return nil }
        // In a sentence, `KEY=value` is a word.
        guard text[index] == .colon || words == 1 || text[index - 1].isBlank else { return nil }
        guard text[valueStart] != .equals, text[name].contains(where: { $0.isLetter || $0 >= 0x80 }) else { return nil }
        let value = unwrapped(text.trimmed(valueStart..<line.upperBound))
        return value.isEmpty ? nil : (name, value)
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case .dash, .dot, .slash, .asterisk, .backtick, .singleQuote, .openParenthesis, .closeParenthesis: true
        default: byte.isNameByte || byte.isBlank
        }
    }

    /// Returns `range` without emphasis, backticks or quotes around the whole.
    private func unwrapped(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while range.count >= 2, let first = text[range].first, text[range].last == first,
            [.asterisk, .underscore, .backtick, .doubleQuote, .singleQuote].contains(first),
            // In `"a", password: "b"`, the quotes belong to two texts.
            first != .doubleQuote || text[range].count(where: { $0 == first }) == 2
        {
            range = (range.lowerBound + 1)..<(range.upperBound - 1)
        }
        return text.trimmed(range)
    }

    /// Reads a row of a table: the cells of the first row name those below them, and the first cell of a row names the
    /// others.
    private mutating func readRow(_ line: Range<Int>) {
        let cells = text[line].split(separator: .pipe, omittingEmptySubsequences: false).dropFirst()
            .map { unwrapped(text.trimmed($0.startIndex..<$0.endIndex)) }
        if let first = cells.first, isRule(first) {
            // The previous row was the head.
            columns = head
            return
        }
        let row = cells.last?.isEmpty == true ? cells.dropLast() : cells[...]
        guard let first = row.first else { return }
        let isHead = columns.isEmpty && head.isEmpty && isRuleNext
        if columns.isEmpty { head = row.map { $0.isEmpty ? nil : Address(nil, text.string(in: $0)) } }
        // In `| user | password |` the columns have names; in `| setting | value |` the rows do.
        let names = columns.first.flatMap { $0?.key }.map { Self.rowNames.contains($0.lowercased()) } ?? true
        let address = first.isEmpty || !names ? nil : Address(nil, text.string(in: first))
        if let address { reading.addKey(address, first, .line) }
        if isHead {
            // The head of a table of names and values may also be such a row; a word there is the name of a column.
            let isWords = row.allSatisfy { text[$0].allSatisfy { $0.isLetter || $0 >= 0x80 || $0.isBlank } }
            if isWords { return }
            head = []
        }
        for (position, cell) in row.enumerated() where !cell.isEmpty {
            let column = position < columns.count ? columns[position] : nil
            let isNote = column.map { Self.noteNames.contains($0.key.lowercased()) } ?? false
            if let column, !isNote, position > 0 || address == nil { add(cell, at: column) }
            if let address, position > 0, !isNote { add(cell, at: address) }
        }
    }

    private mutating func add(_ range: Range<Int>, at address: Address) {
        reading.add(address, range, .line)
        WordScanner.scan(text, range, under: address, spelledAs: .line, into: &reading)
    }

    /// Whether the next line separates a table's head from its rows.
    private var isRuleNext: Bool {
        let line = rest.lowerBound..<text.endOfLine(from: rest.lowerBound, before: rest.upperBound).contentEnd
        let marks: [UInt8] = [.pipe, .dash, .colon, .plus]
        return text[line].contains(.dash) && text[line].allSatisfy { marks.contains($0) || $0.isWhitespace }
    }

    /// Whether a cell belongs to the rule between a table's head and its rows: `---`, `:--:`, Org's `---+---`.
    private func isRule(_ cell: Range<Int>) -> Bool {
        !cell.isEmpty && text[cell].allSatisfy { $0 == .dash || $0 == .colon || $0 == .plus }
    }

    /// The names of the first column in tables whose rows have names.
    private static let rowNames: Set<String> = [
        "", "setting", "settings", "name", "key", "variable", "parameter", "option", "property", "field", "what", "env",
        "environment variable", "item", "value name", "attribute", "argument", "input", "einstellung", "variablen",
    ]
    /// The names of columns with comments on the others.
    private static let noteNames: Set<String> = [
        "description", "notes", "note", "comment", "comments", "meaning", "type", "required", "purpose", "beschreibung",
        "details", "explanation",
    ]

    /// Reads the words `KEY=value` in a sentence.
    private mutating func readWords(_ line: Range<Int>) {
        guard text.firstIndex(of: .equals, in: line) < line.upperBound else { return }
        for word in words(in: line) where text[word].contains(.equals) {
            var end = word.upperBound
            while end > word.lowerBound, [.dot, .comma, .semicolon, .closeParenthesis, .colon].contains(text[end - 1]) {
                end -= 1
            }
            guard let setting = SettingLine(text, word.lowerBound..<end), setting.isTight, setting.separator == .equals
            else { continue }
            let address = Address(nil, text.string(in: setting.key))
            reading.addKey(address, setting.key, .bare)
            reading.add(address, setting.value, setting.encoding)
        }
    }

    /// Splits a line at blanks and backticks, except between the quotes of `name="some value"`.
    private func words(in line: Range<Int>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start = line.lowerBound
        var index = line.lowerBound
        while index < line.upperBound {
            let byte = text[index]
            if byte == .doubleQuote || byte == .singleQuote, index > start, text[index - 1] == .equals {
                // An unclosed quote is an ordinary character.
                let close = text.firstIndex(of: byte, in: (index + 1)..<line.upperBound)
                if close < line.upperBound { index = close }
            } else if byte.isBlank || byte == .backtick {
                if start < index { words.append(start..<index) }
                start = index + 1
            }
            index += 1
        }
        if start < index { words.append(start..<index) }
        return words
    }
}
