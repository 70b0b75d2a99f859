extension JSONValue {
    /// Reads a JSON text strictly: RFC 8259, UTF-8, integers only, no duplicate names in an object, at most 64 levels.
    ///
    /// - Throws: ``DocumentError`` with code `malformed` and the place.
    public init(parsing bytes: [UInt8]) throws(DocumentError) {
        try self.init(parsing: bytes, fractionsAsText: false)
    }

    /// Reads a JSON text from another program: like the other initializer, but a non-integer number becomes a string of
    /// its digits.
    ///
    /// - Throws: ``DocumentError`` with code `malformed` and the place.
    package init(parsingForeign bytes: [UInt8]) throws(DocumentError) {
        try self.init(parsing: bytes, fractionsAsText: true)
    }

    private init(parsing bytes: [UInt8], fractionsAsText: Bool) throws(DocumentError) {
        var reader = Reader(bytes: bytes)
        reader.takesFractions = fractionsAsText
        self = try reader.value(depth: 0)
        reader.skipWhiteSpace()
        guard reader.offset == bytes.count else { throw reader.error("there is text after the end of the value") }
    }

    /// Reads a text into values, strictly.
    ///
    /// ``JSONReader`` and ``JSONOutline`` share their tokens, but not with this reader: they keep spans of files that
    /// people write, with comments and any number, while this one decodes each string as it goes and names the place
    /// and the rule of each departure from the format.
    private struct Reader {
        static let depthLimit = 64
        let bytes: [UInt8]
        var offset = 0
        /// Whether non-integer numbers are accepted, as strings.
        var takesFractions = false

        init(bytes: [UInt8]) { self.bytes = bytes }

        func error(_ message: String) -> DocumentError {
            DocumentError(.malformed, at: Span(offset, min(offset + 1, max(bytes.count, offset))), message)
        }

        mutating func skipWhiteSpace() {
            while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
        }

        func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

        mutating func take(_ literal: String) -> Bool {
            guard bytes[offset...].starts(with: literal.utf8) else { return false }
            offset += literal.utf8.count
            return true
        }

        mutating func value(depth: Int) throws(DocumentError) -> JSONValue {
            guard depth < Self.depthLimit else { throw error("it is nested deeper than \(Self.depthLimit) levels") }
            skipWhiteSpace()
            switch peek() {
            case UInt8(ascii: "{"): return try object(depth: depth)
            case UInt8(ascii: "["): return try array(depth: depth)
            case UInt8(ascii: "\""): return .string(try string())
            case let byte? where "-0123456789".utf8.contains(byte):
                if takesFractions, let text = fraction() { return .string(text) }
                return .integer(try integer())
            default:
                if take("true") { return .bool(true) }
                if take("false") { return .bool(false) }
                if take("null") { return .null }
                throw error("a value is expected here")
            }
        }

        mutating func object(depth: Int) throws(DocumentError) -> JSONValue {
            offset += 1
            var members: [Member] = []
            var names: Set<String> = []
            skipWhiteSpace()
            if take("}") { return .object([]) }
            while true {
                skipWhiteSpace()
                guard peek() == UInt8(ascii: "\"") else { throw error("a member's name is expected here") }
                let name = try string()
                guard names.insert(name).inserted else { throw error("a member's name occurs twice in one object") }
                skipWhiteSpace()
                guard take(":") else { throw error("a colon is expected here") }
                members.append(Member(name, try value(depth: depth + 1)))
                skipWhiteSpace()
                if take("}") { return .object(members) }
                guard take(",") else { throw error("a comma or a closing brace is expected here") }
            }
        }

        mutating func array(depth: Int) throws(DocumentError) -> JSONValue {
            offset += 1
            var elements: [JSONValue] = []
            skipWhiteSpace()
            if take("]") { return .array([]) }
            while true {
                elements.append(try value(depth: depth + 1))
                skipWhiteSpace()
                if take("]") { return .array(elements) }
                guard take(",") else { throw error("a comma or a closing bracket is expected here") }
            }
        }

        /// Reads the text of a number that `Int` cannot hold; nil, without reading anything, if `Int` can.
        mutating func fraction() -> String? {
            let end = bytes[offset...].firstIndex { !"+-.0123456789eE".utf8.contains($0) } ?? bytes.count
            let text = String(decoding: bytes[offset..<end], as: UTF8.self)
            guard Int(text) == nil, Double(text) != nil else { return nil }
            offset = end
            return text
        }

        mutating func integer() throws(DocumentError) -> Int {
            let start = offset
            if peek() == UInt8(ascii: "-") { offset += 1 }
            let digits = offset
            while let byte = peek(), byte.isDigit { offset += 1 }
            let leadingZero = bytes[digits...].first == UInt8(ascii: "0") && offset - digits > 1
            let continues = peek().map { ".eE".utf8.contains($0) } ?? false
            guard !leadingZero, !continues, let value = Int(String(decoding: bytes[start..<offset], as: UTF8.self))
            else {
                throw error("a whole number is expected here")
            }
            return value
        }

        mutating func string() throws(DocumentError) -> String {
            offset += 1
            var text: [UInt8] = []
            while let byte = peek() {
                offset += 1
                switch byte {
                case UInt8(ascii: "\""):
                    guard let string = String(validating: text, as: UTF8.self) else {
                        throw error("a string is not valid UTF-8")
                    }
                    return string
                case UInt8(ascii: "\\"): text += try escape()
                case 0..<0x20: throw error("a string contains a control character")
                default: text.append(byte)
                }
            }
            throw error("a string has no end")
        }

        mutating func escape() throws(DocumentError) -> [UInt8] {
            guard let byte = peek() else { throw error("a string has no end") }
            offset += 1
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
            case UInt8(ascii: "b"): return [0x08]
            case UInt8(ascii: "t"): return [0x09]
            case UInt8(ascii: "n"): return [0x0A]
            case UInt8(ascii: "f"): return [0x0C]
            case UInt8(ascii: "r"): return [0x0D]
            case UInt8(ascii: "u"): return try unicodeEscape()
            default: throw error("an escape is not one of JSON's")
            }
        }

        mutating func unicodeEscape() throws(DocumentError) -> [UInt8] {
            let first = try hexQuad()
            var code = UInt32(first)
            if (0xD800..<0xDC00).contains(first) {
                guard take("\\u") else { throw error("half of a surrogate pair is missing") }
                let second = try hexQuad()
                guard (0xDC00..<0xE000).contains(second) else { throw error("half of a surrogate pair is missing") }
                code = 0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(second - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair is missing") }
            return Array(String(Character(scalar)).utf8)
        }

        mutating func hexQuad() throws(DocumentError) -> UInt16 {
            guard offset + 4 <= bytes.count,
                bytes[offset..<offset + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let code = UInt16(String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16)
            else { throw error("four hexadecimal digits are expected here") }
            offset += 4
            return code
        }
    }
}
