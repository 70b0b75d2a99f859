/// Reads what people write for each other: Markdown, notes, mails.
///
/// A line such as `Password: abc` is a setting, and so are the cells of a table row and the words `KEY=value`; the
/// lines of a fenced block are read as commands.
struct ProseReader {
    private static let nameLimit = 48

    private let text: [UInt8]
    private var reading: Reading
    private var fence: ArraySlice<UInt8>?

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
            if reader.crossesFence(content) {
                // The fence itself says nothing.
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
        guard !line.isEmpty else { return }
        if text[line].first == .pipe { return readRow(line) }
        let rest = withoutMarkup(line)
        if let setting = setting(in: rest) {
            let address = Address(nil, text.string(in: setting.name))
            reading.addKey(address, setting.name, .line)
            reading.add(address, setting.value, .line)
            WordScanner.scan(text, setting.value, under: address, spelledAs: .line, into: &reading)
        } else {
            readWords(rest)
        }
    }

    /// Skips marks of lists, quotes, headings and emphasis.
    private func withoutMarkup(_ line: Range<Int>) -> Range<Int> {
        var start = line.lowerBound
        while start < line.upperBound,
            text[start].isBlank || [.dash, .asterisk, .plus, .greaterThan, .hash].contains(text[start])
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
        // `12:30` and `https://…` have no blank behind the colon; `**Password:** abc` has its mark there.
        var valueStart = index + 1
        while valueStart < line.upperBound, text[valueStart] == .asterisk || text[valueStart] == .underscore {
            valueStart += 1
        }
        guard valueStart < line.upperBound, text[index] == .equals || text[valueStart].isBlank else { return nil }
        // In a sentence `KEY=value` is a word.
        guard text[index] == .colon || words == 1 || text[index - 1].isBlank else { return nil }
        guard text[valueStart] != .equals, text[name].contains(where: { $0.isLetter || $0 >= 0x80 }) else { return nil }
        let value = unwrapped(text.trimmed(valueStart..<line.upperBound))
        return value.isEmpty ? nil : (name, value)
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        byte.isNameByte || byte.isBlank
            || [.dash, .dot, .slash, .asterisk, .backtick, .singleQuote, .openParenthesis, .closeParenthesis].contains(
                byte
            )
    }

    /// `range` without the emphasis, backticks or quotes that stand around the whole.
    private func unwrapped(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while range.count >= 2, let first = text[range].first, text[range].last == first,
            [.asterisk, .underscore, .backtick, .doubleQuote, .singleQuote].contains(first)
        {
            range = (range.lowerBound + 1)..<(range.upperBound - 1)
        }
        return text.trimmed(range)
    }

    /// A row of a table: the first cell names the others.
    private mutating func readRow(_ line: Range<Int>) {
        let cells = text[line].split(separator: .pipe).map { unwrapped(text.trimmed($0.startIndex..<$0.endIndex)) }
            .filter { !$0.isEmpty }
        guard let first = cells.first, cells.count > 1, !text[first].allSatisfy({ $0 == .dash || $0 == .colon }) else {
            return
        }
        let address = Address(nil, text.string(in: first))
        reading.addKey(address, first, .line)
        for cell in cells.dropFirst() {
            reading.add(address, cell, .line)
            WordScanner.scan(text, cell, under: address, spelledAs: .line, into: &reading)
        }
    }

    /// The words `KEY=value` in a sentence.
    private mutating func readWords(_ line: Range<Int>) {
        for part in text[line].split(whereSeparator: { $0.isBlank || $0 == .backtick }) where part.contains(.equals) {
            var end = part.endIndex
            while end > part.startIndex, [.dot, .comma, .semicolon, .closeParenthesis, .colon].contains(text[end - 1]) {
                end -= 1
            }
            guard let setting = SettingLine(text, part.startIndex..<end), setting.isTight, setting.separator == .equals
            else { continue }
            let address = Address(nil, text.string(in: setting.key))
            reading.addKey(address, setting.key, .bare)
            reading.add(address, setting.value, setting.encoding)
        }
    }
}
