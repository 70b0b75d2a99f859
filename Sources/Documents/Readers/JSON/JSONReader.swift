/// Reads JSON (RFC 8259), including several texts in sequence (JSON lines); comments and trailing commas are tolerated.
///
/// It has its own stack, so that deep nesting cannot exhaust the thread's.
struct JSONReader {
    private let text: [UInt8]
    private let end: Int
    private var index: Int
    private var reading = Reading(as: .json)
    private var stack: [Container] = []
    private var usesComments = false
    private var usesTrailingCommas = false
    /// Whether the last string contained an escape.
    private var hasEscape = false

    /// An open object or array.
    private struct Container {
        let address: Address?
        let isObject: Bool
        var count = 0
        var pair = NamePair()
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

    /// Reads the text in `range`; `address` is its place in an enclosing text, or nil if there is none.
    ///
    /// - Returns: The values, or the place and the reason why the text is not JSON.
    static func read(_ text: [UInt8], in range: Range<Int>, at address: Address? = nil) -> Result<
        Reading, ReadingFailure
    > {
        var reader = JSONReader(text, range)
        do {
            try reader.readTexts(at: address)
        } catch {
            return .failure(ReadingFailure(offset: error.offset, message: error.message))
        }
        if reader.usesComments { reader.reading.notes.append(.init(message: "the JSON has comments, which were kept")) }
        if reader.usesTrailingCommas {
            reader.reading.notes.append(.init(message: "the JSON has trailing commas, which were kept"))
        }
        return .success(reader.reading)
    }

    // MARK: - Structure

    private mutating func readTexts(at address: Address?) throws(Malformed) {
        var count = 0
        try skipSpace()
        while index < end {
            if count == 1 { reading.nest(under: "0") }
            try readText(at: count == 0 ? address : Address(nil, String(count)))
            count += 1
            try skipSpace()
        }
        guard count > 0 else { throw Malformed(offset: index, message: "the text is empty") }
    }

    private mutating func readText(at address: Address?) throws(Malformed) {
        try readValue(at: address)
        while let container = stack.last {
            try skipSpace()
            guard index < end else { throw Malformed(offset: index, message: "an object or array is not closed") }
            let closer: UInt8 = container.isObject ? .closeBrace : .closeBracket
            if text[index] == closer {
                index += 1
                close()
                continue
            }
            if container.count > 0 {
                guard text[index] == .comma else { throw Malformed(offset: index, message: "a comma is missing") }
                index += 1
                try skipSpace()
                guard index < end else { throw Malformed(offset: index, message: "an object or array is not closed") }
                if text[index] == closer {
                    usesTrailingCommas = true
                    continue
                }
            }
            let position = container.count
            stack[stack.count - 1].count += 1
            if container.isObject {
                try readMember()
            } else {
                try readValue(at: Address(container.address, String(position)))
            }
        }
    }

    private mutating func readMember() throws(Malformed) {
        guard text[index] == .doubleQuote else { throw Malformed(offset: index, message: "a name is not a string") }
        let name = try readString()
        let isEscaped = hasEscape
        let address = Address(
            stack[stack.count - 1].address,
            isEscaped ? decoded(name) : text.string(in: name)
        )
        reading.addKey(address, name, isEscaped ? encoding(of: name) : .jsonString)
        try skipSpace()
        guard index < end, text[index] == .colon else { throw Malformed(offset: index, message: "a colon is missing") }
        index += 1
        try skipSpace()
        try readValue(at: address)
    }

    /// Determines the encoding of a string, which depends on whether its non-ASCII characters are escaped.
    private func encoding(of string: Range<Int>) -> Encoding {
        let raw = text[string]
        guard raw.contains(.backslash), !raw.contains(where: { $0 >= 0x80 }),
            let decoded = try? Encoding.jsonString.decode(raw), decoded.bytes.contains(where: { $0 >= 0x80 })
        else { return .jsonString }
        return .jsonStringASCII
    }

    /// Returns the text with `\uXXXX` for every UTF-16 unit of non-ASCII characters.
    static func escapingNonASCII(_ spelling: [UInt8]) -> [UInt8] {
        guard spelling.contains(where: { $0 >= 0x80 }) else { return spelling }
        return String(decoding: spelling, as: UTF8.self).utf16.flatMap { unit -> [UInt8] in
            if unit < 0x80 { return [UInt8(unit)] }
            let digits = String(unit, radix: 16)
            return Array(("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
        }
    }

    /// Reads a scalar, or opens a container.
    private mutating func readValue(at address: Address?) throws(Malformed) {
        guard index < end else { throw Malformed(offset: index, message: "a value is missing") }
        switch text[index] {
        case .openBrace, .openBracket:
            guard stack.count < Reading.nestingLimit else {
                throw Malformed(offset: index, message: "it is nested deeper than \(Reading.nestingLimit) levels")
            }
            stack.append(Container(address: address, isObject: text[index] == .openBrace))
            index += 1
        case .doubleQuote:
            let range = try readString()
            let encoding = hasEscape ? encoding(of: range) : .jsonString
            reading.add(address, range, encoding)
            notePair(address, range, encoding)
            WordScanner.scan(text, range, under: address, spelledAs: encoding, into: &reading)
        default:
            let start = index
            index = text.endOfJSONLiteral(from: start, before: end)
            guard VerbatimRules.literalKind(text[start..<index]) != nil else {
                throw Malformed(offset: start, message: "a value is neither a string nor a number")
            }
            reading.add(address, start..<index, .literal)
            notePair(address, start..<index, .literal)
        }
    }

    private mutating func close() {
        let container = stack.removeLast()
        if let alias = container.pair.alias ?? container.pair.aliasOfMapping {
            reading.add(alias.address, alias.range, alias.encoding)
        }
    }

    private mutating func notePair(_ address: Address?, _ range: Range<Int>, _ encoding: Encoding) {
        guard let address, NamePair.isMember(address.key), var container = stack.last, container.isObject else {
            return
        }
        container.pair.note(address, range, encoding) { decoded(range) }
        stack[stack.count - 1] = container
    }

    // MARK: - Tokens

    /// Reads the string that starts here and returns the range inside its quotes.
    private mutating func readString() throws(Malformed) -> Range<Int> {
        switch text.jsonString(at: index, before: end) {
        case .complete(let range, let hasEscape):
            self.hasEscape = hasEscape
            index = range.upperBound + 1
            return range
        case .interrupted(let place):
            throw Malformed(offset: place, message: "a string contains a control character")
        case .unclosed:
            throw Malformed(offset: index, message: "a string is not closed")
        }
    }

    private mutating func skipSpace() throws(Malformed) {
        while index < end {
            if text[index].isWhitespace {
                index += 1
            } else if text[index] != .slash, text[index] != .hash {
                return
            } else if text.has("//", at: index, before: end) || text[index] == .hash {
                let line = text.endOfLine(from: index, before: end)
                CommentReader.read(text, index..<line.contentEnd, into: &reading)
                usesComments = true
                index = line.nextLine
            } else if text.has("/*", at: index, before: end) {
                let start = index
                while index < end, !text.has("*/", at: index, before: end) { index += 1 }
                guard index < end else { throw Malformed(offset: start, message: "a comment is not closed") }
                index += 2
                usesComments = true
            } else {
                return
            }
        }
    }

    /// Returns the decoded string in `range`, or the string as written if its escapes are invalid.
    private func decoded(_ range: Range<Int>) -> String {
        guard text[range].contains(.backslash), let decoded = try? Encoding.jsonString.decode(text[range]) else {
            return text.string(in: range)
        }
        return String(decoding: decoded.bytes, as: UTF8.self)
    }
}
