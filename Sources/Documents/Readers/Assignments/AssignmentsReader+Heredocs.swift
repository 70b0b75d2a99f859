// Here-documents: their texts, and the settings in them.
extension AssignmentsReader {
    /// Reads a line that begins a here-document or a multi-line string; returns false for any other line.
    mutating func beginsHeredoc(_ line: Range<Int>) -> Bool {
        let value = syntax.heredocValue(in: line)
        if let end = value?.word ?? syntax.heredocWord(in: line) {
            readStatements(value.map { line.lowerBound..<$0.mark } ?? line)
            if value != nil, let key = pendingKey { heredocValue = (key, nil, reading.values.count) }
            pendingKey = nil
            heredoc = (end, frames)
            frames = [Frame(opener: .lessThan, address: container, isList: false, line: 0)]
            syntax.dialect = .shell
            isInLogins = LoginReader.feeds(text, line)
            return true
        }
        guard syntax.dialect.hasIndentedStrings, syntax.beginsIndentedString(line) else { return false }
        readStatements(line.lowerBound..<(line.upperBound - 2))
        let name = pendingKey
        pendingKey = nil
        heredoc = (text[(line.upperBound - 2)..<line.upperBound], frames)
        frames = [Frame(opener: .lessThan, address: name ?? container, isList: false, line: 0)]
        syntax.dialect = .configuration
        return true
    }

    /// Closes the here-document if a line ends it; returns false if it continues.
    mutating func endsHeredoc(_ line: Range<Int>) -> Bool {
        guard let heredoc else { return false }
        let isEnd =
            heredoc.end.elementsEqual(AssignmentSyntax.indentedStringMark)
            ? text[line].starts(with: heredoc.end)
            : text[line].elementsEqual(heredoc.end) || endsStatement(line, behind: heredoc.end)
        guard isEnd else { return false }
        // A line that contains settings is a text by itself.
        if let value = heredocValue, let line = value.line, reading.values.count == value.count {
            reading.add(value.address, line, .tomlLiteral)
        }
        addHeredocText()
        heredocValue = nil
        frames = heredoc.frames
        self.heredoc = nil
        syntax.dialect = fileDialect
        isInLogins = false
        return true
    }

    /// Adds a here-document that is YAML or JSON as a single value, replacing the values of its lines.
    private mutating func addHeredocText() {
        guard let (address, range, count) = heredocText else { return }
        heredocText = nil
        let format = FormatReader.readNested(Array(text[range]), at: address).format
        guard format == .yaml || format == .json else { return }
        reading.removeValues(from: count)
        reading.add(address, range, .tomlLiteral)
    }

    /// Whether a line is the beginning of a cloud-init, YAML or JSON text.
    func beginsText(_ line: Range<Int>) -> Bool {
        [.openBrace, .openBracket].contains(text[line.lowerBound])
            || text[line].elementsEqual("#cloud-config".utf8) || text[line].elementsEqual("---".utf8)
    }
}
