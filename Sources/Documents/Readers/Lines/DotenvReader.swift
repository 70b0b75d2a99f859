/// Reads Docker Compose's dotenv files, by the rules of compose-go's `dotenv/parser.go`.
///
/// If Compose would refuse the whole file because of one line, that line is read as a setting if it looks like one, and
/// a note is added.
struct DotenvReader {
    private let text: [UInt8]
    private let end: Int
    private var index: Int
    private var reading = Reading(as: .dotenv)

    private init(_ text: [UInt8], _ range: Range<Int>) {
        self.text = text
        index = range.lowerBound
        end = range.upperBound
    }

    /// Reads the text in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>) -> Reading {
        var reader = DotenvReader(text, range)
        while reader.index < reader.end { reader.readStatement() }
        return reader.reading
    }

    private mutating func readStatement() {
        while index < end, text[index].isWhitespace { index += 1 }
        guard index < end else { return }
        if text[index] == .hash {
            let line = text.endOfLine(from: index, before: end)
            CommentReader.read(text, index..<line.contentEnd, into: &reading)
            index = line.nextLine
            return
        }
        let start = index
        skipExport()
        guard let key = readName() else { return skipMalformedLine(from: start) }
        let address = Address(nil, text.string(in: key))
        reading.addKey(address, key, .bare)
        guard index < end, text[index] != .newline else { return }
        index += 1
        while index < end, text[index].isWhitespace, text[index] != .newline { index += 1 }
        guard index < end, text[index] == .doubleQuote || text[index] == .singleQuote else {
            return readUnquoted(at: address)
        }
        readQuoted(at: address)
    }

    private mutating func skipExport() {
        guard text.has("export", at: index, before: end), index + 6 < end, text[index + 6].isBlank else { return }
        index += 6
        while index < end, text[index].isBlank { index += 1 }
    }

    /// Reads a name and leaves `index` at the `=`, `:` or end of line after it; nil if a byte is not allowed in a name.
    private mutating func readName() -> Range<Int>? {
        let start = index
        while index < end {
            switch text[index] {
            case .equals, .colon, .newline:
                let name = text.trimmed(start..<index)
                return name.isEmpty || text[name].contains(where: \.isBlank) ? nil : name
            case .dot, .dash, .openBracket, .closeBracket, .space, .tab, .carriageReturn:
                index += 1
            case let byte where byte.isNameByte:
                index += 1
            default:
                return nil
            }
        }
        let name = text.trimmed(start..<index)
        return name.isEmpty || text[name].contains(where: \.isBlank) ? nil : name
    }

    private mutating func skipMalformedLine(from start: Int) {
        let line = text.endOfLine(from: start, before: end)
        reading.notes.append(
            .init(offset: start, message: "the line is not an assignment; Docker Compose would refuse the file")
        )
        if let setting = SettingLine(text, start..<line.contentEnd) {
            let address = Address(nil, text.string(in: setting.key))
            reading.addKey(address, setting.key, .bare)
            reading.add(address, setting.value, setting.encoding)
        }
        index = line.nextLine
    }

    private mutating func readUnquoted(at address: Address) {
        let line = text.endOfLine(from: index, before: end)
        var valueEnd = line.contentEnd
        var at = index
        while at + 1 < line.contentEnd {
            if text[at] == .space, text[at + 1] == .hash {
                valueEnd = at
                CommentReader.read(text, (at + 1)..<line.contentEnd, into: &reading)
                break
            }
            if text[at] == .semicolon, beginsStatement(behind: at, before: line.contentEnd) {
                while at > index, text[at - 1].isWhitespace { at -= 1 }
                add(index..<at, .dotenvUnquoted, at: address)
                index = text.firstIndex(of: .semicolon, in: at..<end) + 1
                return
            }
            at += 1
        }
        while valueEnd > index, text[valueEnd - 1].isWhitespace { valueEnd -= 1 }
        add(index..<valueEnd, .dotenvUnquoted, at: address)
        index = line.nextLine
    }

    /// Whether another `export NAME=` follows a semicolon, as in a file that a shell reads.
    private func beginsStatement(behind semicolon: Int, before end: Int) -> Bool {
        var place = semicolon + 1
        while place < end, text[place].isBlank { place += 1 }
        guard text.has("export", at: place, before: end), place + 6 < end, text[place + 6].isBlank else { return false }
        place += 6
        while place < end, text[place].isBlank { place += 1 }
        let name = text[place..<end].prefix { $0.isVariableByte }
        return !name.isEmpty && name.endIndex < end && text[name.endIndex] == .equals
    }

    private mutating func readQuoted(at address: Address) {
        let quote = text[index]
        let start = index + 1
        var at = start
        while at < end, text[at] != quote { at += text[at] == .backslash ? 2 : 1 }
        guard at < end else {
            reading.notes.append(
                .init(offset: index, message: "a quoted value is not closed; Docker Compose would refuse the file")
            )
            let line = text.endOfLine(from: index, before: end)
            add(text.trimmed(start..<line.contentEnd), .line, at: address)
            index = line.nextLine
            return
        }
        add(start..<at, quote == .doubleQuote ? .dotenvDoubleQuoted : .dotenvSingleQuoted, at: address)
        index = at + 1
    }

    private mutating func add(_ range: Range<Int>, _ encoding: Encoding, at address: Address) {
        reading.add(address, range, encoding)
        WordScanner.scan(text, range, under: address, spelledAs: encoding, into: &reading)
    }
}
