/// Reads TOML 1.0: tables, arrays of tables, dotted keys, inline tables, and all four kinds of strings.
///
/// It has its own stack, so that deep nesting cannot exhaust the thread's.
struct TOMLReader {
    private let text: [UInt8]
    private let end: Int
    private var index: Int
    private var reading = Reading(as: .toml)
    /// The current table.
    private var table: Address?
    /// The number of tables in each array of tables, by its keys.
    private var counts: [[String]: Int] = [:]
    private var stack: [Container] = []

    /// An open array or inline table.
    private struct Container {
        let address: Address
        let isArray: Bool
        var count = 0
    }

    private struct Malformed: Error {
        var offset: Int
        var message: String
    }

    private init(_ text: [UInt8], _ range: Range<Int>) {
        self.text = text
        index = range.lowerBound
        end = range.upperBound
    }

    /// Reads the text in `range`.
    ///
    /// - Returns: The values, or the place and the reason why the text is not TOML.
    static func read(_ text: [UInt8], in range: Range<Int>) -> Result<Reading, ReadingFailure> {
        var reader = TOMLReader(text, range)
        do {
            try reader.readExpressions()
        } catch {
            return .failure(ReadingFailure(offset: error.offset, message: error.message))
        }
        return .success(reader.reading)
    }

    // MARK: - Lines

    private mutating func readExpressions() throws(Malformed) {
        while true {
            skipSpace(acrossLines: true)
            guard index < end else { return }
            if text[index] == .openBracket {
                try readHeader()
            } else {
                try readSetting(in: table)
                try readValues()
            }
            skipSpace(acrossLines: false)
            guard index == end || text[index].isLineBreak else {
                throw Malformed(offset: index, message: "there is text after a value")
            }
        }
    }

    /// Reads `[a.b]` or `[[a.b]]`.
    private mutating func readHeader() throws(Malformed) {
        let start = index
        let isArray = text.has("[[", at: index, before: end)
        index += isArray ? 2 : 1
        var keys: [String] = []
        var address: Address?
        while true {
            let key = try readKeyPart()
            keys.append(key.name)
            address = Address(address, key.name)
            reading.addKey(address, key.range, key.encoding)
            // A table inside an array of tables belongs to the array's last table.
            let isLast = index < end && text[index] == .closeBracket
            if !isLast, let count = counts[keys] { address = Address(address, String(count - 1)) }
            guard index < end else { throw Malformed(offset: start, message: "a header is not closed") }
            if text[index] == .closeBracket { break }
            guard text[index] == .dot else { throw Malformed(offset: index, message: "a header is malformed") }
            index += 1
        }
        index += 1
        if isArray {
            guard index < end, text[index] == .closeBracket else {
                throw Malformed(offset: start, message: "a header is not closed")
            }
            index += 1
            let count = counts[keys, default: 0]
            counts[keys] = count + 1
            address = Address(address, String(count))
        } else if let count = counts[keys] {
            address = Address(address, String(count - 1))
        }
        table = address
    }

    /// Reads `a.b = `, and opens or adds the value after it.
    private mutating func readSetting(in container: Address?) throws(Malformed) {
        var address = container
        while true {
            let key = try readKeyPart()
            address = Address(address, key.name)
            reading.addKey(address, key.range, key.encoding)
            guard index < end, text[index] == .dot else { break }
            index += 1
        }
        guard index < end, text[index] == .equals, let address else {
            throw Malformed(offset: index, message: "an equals sign is missing")
        }
        index += 1
        skipSpace(acrossLines: false)
        try readValue(at: address)
    }

    /// Reads a part of a dotted key and the surrounding blanks.
    private mutating func readKeyPart() throws(Malformed) -> (name: String, range: Range<Int>, encoding: Encoding) {
        skipSpace(acrossLines: false)
        defer { skipSpace(acrossLines: false) }
        guard index < end else { throw Malformed(offset: index, message: "a key is missing") }
        if text[index] == .doubleQuote || text[index] == .singleQuote {
            let (range, encoding) = try readString()
            let decoded = try? encoding.decode(text[range]).bytes
            return (String(decoding: decoded ?? Array(text[range]), as: UTF8.self), range, encoding)
        }
        let start = index
        while index < end, text[index].isNameByte || text[index] == .dash { index += 1 }
        guard index > start else { throw Malformed(offset: index, message: "a key is malformed") }
        return (text.string(in: start..<index), start..<index, .bare)
    }

    // MARK: - Values

    /// Reads the contents of open arrays and inline tables, until none is open.
    private mutating func readValues() throws(Malformed) {
        while let container = stack.last {
            skipSpace(acrossLines: true)
            guard index < end else { throw Malformed(offset: index, message: "an array or inline table is not closed") }
            if text[index] == (container.isArray ? .closeBracket : .closeBrace) {
                index += 1
                stack.removeLast()
                continue
            }
            if container.count > 0 {
                guard text[index] == .comma else { throw Malformed(offset: index, message: "a comma is missing") }
                index += 1
                skipSpace(acrossLines: true)
                guard index < end else { continue }
                if text[index] == (container.isArray ? .closeBracket : .closeBrace) { continue }
            }
            stack[stack.count - 1].count += 1
            if container.isArray {
                try readValue(at: Address(container.address, String(container.count)))
            } else {
                try readSetting(in: container.address)
            }
        }
    }

    private mutating func readValue(at address: Address) throws(Malformed) {
        guard index < end else { throw Malformed(offset: index, message: "a value is missing") }
        switch text[index] {
        case .openBracket, .openBrace:
            guard stack.count < Reading.nestingLimit else {
                throw Malformed(offset: index, message: "it is nested deeper than \(Reading.nestingLimit) levels")
            }
            stack.append(Container(address: address, isArray: text[index] == .openBracket))
            index += 1
        case .doubleQuote, .singleQuote:
            let (range, encoding) = try readString()
            reading.add(address, range, encoding)
            WordScanner.scan(text, range, under: address, spelledAs: encoding, into: &reading)
        default:
            let start = index
            while index < end, isBareByte(text[index]) { index += 1 }
            // A blank may separate a date from a time.
            if index - start == 10, index + 1 < end, text[index] == .space, text[index + 1].isDigit {
                index += 1
                while index < end, isBareByte(text[index]) { index += 1 }
            }
            guard index > start else { throw Malformed(offset: start, message: "a value is missing") }
            let isLiteral = VerbatimRules.literalKind(text[start..<index]) != nil
            guard isLiteral || isNumberOrDate(text[start..<index]) else {
                throw Malformed(offset: start, message: "a value is neither a string nor a number nor a date")
            }
            // A date, or a number with a base prefix, has a form that other values cannot take.
            if isLiteral { reading.add(address, start..<index, .literal) }
        }
    }

    private func isBareByte(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || [.plus, .dash, .dot, .colon, .underscore].contains(byte)
    }

    /// Whether a word is a number or a date: `1_000`, `0xff`, `inf`, `1979-05-27T07:32:00Z`.
    private func isNumberOrDate(_ word: ArraySlice<UInt8>) -> Bool {
        let unsigned = word.drop { $0 == .plus || $0 == .dash }
        return unsigned.first?.isDigit == true || unsigned.elementsEqual("inf".utf8)
            || unsigned.elementsEqual("nan".utf8)
    }

    /// Reads the string that starts here and returns the range inside its quotes.
    private mutating func readString() throws(Malformed) -> (Range<Int>, Encoding) {
        let quote = text[index]
        let encoding: Encoding = quote == .doubleQuote ? .doubleQuoted : .tomlLiteral
        let opening = index
        let isLong = index + 2 < end && text[index + 1] == quote && text[index + 2] == quote
        index += isLong ? 3 : 1
        // A line break directly after three quotes is not part of the string.
        if isLong, index < end, text[index] == .carriageReturn { index += 1 }
        if isLong, index < end, text[index] == .newline { index += 1 }
        let start = index
        while index < end {
            let byte = text[index]
            if byte == .backslash, quote == .doubleQuote {
                index += 2
            } else if byte == quote, !isLong {
                index += 1
                return (start..<(index - 1), encoding)
            } else if byte == quote, index + 2 < end || index + 3 == end, text[index + 1] == quote,
                text[index + 2] == quote
            {
                // One or two quotes may precede the three that close the string.
                while index + 3 < end, text[index + 3] == quote { index += 1 }
                index += 3
                return (start..<(index - 3), encoding)
            } else if byte.isLineBreak, !isLong {
                break
            } else {
                index += 1
            }
        }
        throw Malformed(offset: opening, message: "a string is not closed")
    }

    // MARK: - Blanks and comments

    private mutating func skipSpace(acrossLines: Bool) {
        while index < end {
            if text[index].isBlank || acrossLines && text[index].isLineBreak {
                index += 1
            } else if text[index] == .hash {
                let line = text.endOfLine(from: index, before: end)
                CommentReader.read(text, index..<line.contentEnd, into: &reading)
                index = line.contentEnd
            } else {
                return
            }
        }
    }
}
