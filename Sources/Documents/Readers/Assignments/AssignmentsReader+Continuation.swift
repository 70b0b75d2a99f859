/// Reads values that continue on the next lines: shell words, variables of an image, long strings of Lua.
extension AssignmentsReader {
    /// The maximum size in bytes of a value on several lines; a larger one is read line by line.
    private static let longestValue = 8192
    /// The maximum length in bytes of the first line's part of a continued word.
    private static let longestLead = 1024
    /// The maximum number of lines of a value; more lines are a text, such as the usage of a script.
    private static let mostLines = 16
    /// The minimum length in bytes of a word that may be the beginning of a secret.
    private static let shortestWord = 8

    /// Reads the shell word that begins at `start` and ends after the current line, which ends at `end`; returns false
    /// if there is none.
    mutating func readContinuedWord(at start: Int, of address: Address, before end: Int) -> Bool {
        guard syntax.isShell, !isInHeredoc, end == line.upperBound, end < readEnd else { return false }
        let isQuoted = text[start] == .doubleQuote || text[start] == .singleQuote
        let isOpen = isQuoted && closingQuote(ofLinesFrom: start, before: end) == nil
        guard isOpen ? openQuote(before: start) == nil : continuesLine(end) && end - start <= Self.longestLead else {
            return false
        }
        let limit = furthest(from: start)
        if isOpen, let close = closingQuote(ofLinesFrom: start, before: limit), endsWord(close + 1) {
            let inside = (start + 1)..<close
            guard !runsCommand(inside) else { return false }
            add(inside, syntax.stringEncoding(text[start]), at: address)
            resume = close + 1
            return true
        }
        if let word = ShellWordCodec.composedWord(in: text[..<limit], from: start), word.upperBound > end,
            word.upperBound < limit || limit == readEnd
        {
            reading.add(address, word, .shellWord)
            resume = word.upperBound
            return true
        }
        if isOpen, end - start > Self.shortestWord, text[start..<end].allSatisfy({ !$0.isBlank && $0 != .dollar }) {
            let message = "a value that goes on in the next lines was read line by line"
            reading.notes.append(.init(offset: start, message: message))
        }
        return false
    }

    /// Returns the end of the value in `ENV NAME some value \` that continues on the next lines, as the value of an
    /// image's variable; nil if it ends on its line.
    mutating func continuedEnvironment(behind last: Int) -> Int? {
        guard continuesLine(line.upperBound), last <= line.upperBound,
            text[last..<line.upperBound].allSatisfy({ $0.isBlank || $0 == .backslash })
        else { return nil }
        let limit = furthest(from: last)
        var end = line.upperBound
        while end < limit, continuesLine(end) {
            let next = text.endOfLine(from: end, before: readEnd).nextLine
            guard next < limit else { break }
            end = text.trimmed(next..<text.endOfLine(from: next, before: readEnd).contentEnd).upperBound
        }
        resume = end
        return end
    }

    /// Reads a long string of Lua, `[[text]]` or `[=[text]=]`, that begins at `start`; returns the index after it on
    /// the current line, or nil if there is none.
    mutating func readLongString(at start: Int, of address: Address, before end: Int) -> Int? {
        guard syntax.dialect.hasLongBrackets, text[start] == .openBracket else { return nil }
        let signs = text[(start + 1)..<end].prefix { $0 == .equals }
        guard signs.endIndex < end, text[signs.endIndex] == .openBracket, signs.count < Self.shortestWord,
            !unclosedLongBrackets.contains(signs.count)
        else { return nil }
        let mark = [.closeBracket] + signs + [.closeBracket]
        let first = signs.endIndex + 1
        guard let close = text[first..<readEnd].firstRange(of: mark) else {
            unclosedLongBrackets.insert(signs.count)
            return nil
        }
        let inside = text.trimmed(first..<close.lowerBound)
        if !inside.isEmpty { add(inside, .tomlLiteral, at: address) }
        guard close.upperBound > end else { return close.upperBound }
        resume = close.upperBound
        return end
    }

    // MARK: - Places

    /// Whether the line that ends at `end` ends with a backslash that continues it.
    private func continuesLine(_ end: Int) -> Bool {
        guard end > line.lowerBound, end < readEnd, text[end].isLineBreak else { return false }
        return !text[..<end].reversed().prefix { $0 == .backslash }.count.isMultiple(of: 2)
    }

    /// The index up to which a value that begins at `start` is read.
    private func furthest(from start: Int) -> Int {
        var lines = 0
        var index = start
        let limit = min(readEnd, start + Self.longestValue)
        while index < limit {
            if text[index] == .newline {
                lines += 1
                if lines == Self.mostLines { break }
            }
            index += 1
        }
        return index
    }

    /// Returns the quote that was opened before `index` on the line and is still open there; nil if there is none.
    func openQuote(before index: Int) -> UInt8? {
        var quote: UInt8?
        var position = line.lowerBound
        while position < index {
            let byte = text[position]
            if byte == .backslash, quote != .singleQuote {
                position += 1
            } else if byte == quote {
                quote = nil
            } else if quote == nil, byte == .doubleQuote || byte == .singleQuote {
                quote = byte
            }
            position += 1
        }
        return quote
    }

    private func closingQuote(ofLinesFrom start: Int, before limit: Int) -> Int? {
        let quote = text[start]
        var index = start + 1
        while index < limit, text[index] != quote {
            index += quote == .doubleQuote && text[index] == .backslash ? 2 : 1
        }
        return index < limit ? index : nil
    }

    private func endsWord(_ index: Int) -> Bool {
        index == readEnd || text[index].isWhitespace
            || [.semicolon, .ampersand, .pipe, .closeParenthesis].contains(text[index])
    }

    /// Whether a shell inserts the output of a command into a quoted text.
    private func runsCommand(_ range: Range<Int>) -> Bool {
        text[range].contains(.backtick) || text[range].firstRange(of: Self.commandMark) != nil
    }

    private static let commandMark: [UInt8] = [.dollar, .openParenthesis]
}
