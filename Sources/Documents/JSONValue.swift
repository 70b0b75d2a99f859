/// A JSON text as a value, for the formats that are our own: written in one canonical form, read strictly.
///
/// Numbers are integers, which is all that those formats hold. A foreign JSON file is read as a ``Document``.
public enum JSONValue: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case integer(Int)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object; its members are written in the order given.
    case object([Member])

    /// One member of an object.
    public struct Member: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The value.
        public var value: JSONValue

        /// Makes a member.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Makes a string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Makes a number.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// Makes a boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Makes an array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// Makes an object whose members stand in the order written.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}

// MARK: - Writing

extension JSONValue {
    /// How a JSON text is laid out.
    public enum Layout: Hashable, Sendable {
        /// One line without white space.
        case line
        /// A member a line, indented by two spaces, with a final newline.
        case indented
    }

    /// The UTF-8 bytes of the value: the same for the same value, on every machine.
    ///
    /// Strings escape the quote, the backslash and the control characters, and nothing else (RFC 8785 section 3.2.2.2).
    public func serialized(_ layout: Layout = .indented) -> [UInt8] {
        var output: [UInt8] = []
        write(to: &output, layout: layout, depth: 0)
        if layout == .indented { output.append(UInt8(ascii: "\n")) }
        return output
    }

    /// The value as it stands on lines of its own in an indented text, so many levels deep; without an end.
    package func serializedMember(depth: Int) -> [UInt8] {
        var output = [UInt8](repeating: UInt8(ascii: " "), count: 2 * depth)
        write(to: &output, layout: .indented, depth: depth)
        return output
    }

    private func write(to output: inout [UInt8], layout: Layout, depth: Int) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .string(let value): Self.write(string: value, to: &output)
        case .array(let elements):
            Self.write(elements, between: "[", and: "]", to: &output, layout: layout, depth: depth) {
                $0.write(to: &$1, layout: layout, depth: depth + 1)
            }
        case .object(let members):
            Self.write(members, between: "{", and: "}", to: &output, layout: layout, depth: depth) {
                Self.write(string: $0.name, to: &$1)
                $1 += (layout == .indented ? ": " : ":").utf8
                $0.value.write(to: &$1, layout: layout, depth: depth + 1)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item],
        between open: String,
        and close: String,
        to output: inout [UInt8],
        layout: Layout,
        depth: Int,
        item: (Item, inout [UInt8]) -> Void
    ) {
        output += open.utf8
        for (index, element) in items.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            if layout == .indented { newLine(to: &output, depth: depth + 1) }
            item(element, &output)
        }
        if layout == .indented && !items.isEmpty { newLine(to: &output, depth: depth) }
        output += close.utf8
    }

    private static func newLine(to output: inout [UInt8], depth: Int) {
        output.append(UInt8(ascii: "\n"))
        output += repeatElement(UInt8(ascii: " "), count: 2 * depth)
    }

    /// Writes a string in quotes; most have nothing to escape, and are copied as they are.
    static func write(string: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        if string.utf8.contains(where: {
            $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\")
        }) {
            for byte in string.utf8 { write(escaped: byte, to: &output) }
        } else {
            output.append(contentsOf: string.utf8)
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func write(escaped byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): output += "\\\"".utf8
        case UInt8(ascii: "\\"): output += "\\\\".utf8
        case 0x08: output += "\\b".utf8
        case 0x09: output += "\\t".utf8
        case 0x0A: output += "\\n".utf8
        case 0x0C: output += "\\f".utf8
        case 0x0D: output += "\\r".utf8
        case 0..<0x20, 0x7F:
            let digits = Array("0123456789abcdef".utf8)
            output += "\\u00".utf8
            output += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: output.append(byte)
        }
    }
}

// MARK: - Reading

extension JSONValue {
    /// Reads a JSON text strictly: RFC 8259, UTF-8, whole numbers only, no name twice in an object, at most 64 levels.
    ///
    /// - Throws: ``DocumentError`` with code `malformed` and the place.
    public init(parsing bytes: [UInt8]) throws(DocumentError) {
        try self.init(parsing: bytes, fractionsAsText: false)
    }

    /// Reads a JSON text that another program wrote: the same, but a number that is not whole becomes the text that spells it.
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
        guard reader.offset == bytes.count else { throw reader.error("there is text behind the end of the value") }
    }

    private struct Reader {
        static let depthLimit = 64
        let bytes: [UInt8]
        var offset = 0
        /// Whether a number may be other than whole; it is given as text then.
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
                guard names.insert(name).inserted else { throw error("a member's name stands twice in one object") }
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

        /// The spelling of a number that `Int` does not hold; nil, and nothing is read, where it holds it.
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
            while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
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
                case 0..<0x20: throw error("a control character stands in a string")
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
                guard take("\\u") else { throw error("half of a surrogate pair stands alone") }
                let second = try hexQuad()
                guard (0xDC00..<0xE000).contains(second) else { throw error("half of a surrogate pair stands alone") }
                code = 0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(second - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair stands alone") }
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

// MARK: - Decoding

extension JSONValue {
    /// The value as an object whose every member must be asked for, so that an unknown name cannot pass unseen.
    ///
    /// - Throws: ``DocumentError`` with code `malformed` where it is no object, a name of `required` is missing, or a name
    ///   is in neither list.
    public func members(
        required: [String],
        optional: [String] = [],
        of what: String
    ) throws(DocumentError) -> [String: JSONValue] {
        guard case .object(let members) = self else { throw DocumentError(.malformed, "\(what) is not an object") }
        var found: [String: JSONValue] = [:]
        for member in members {
            guard required.contains(member.name) || optional.contains(member.name) else {
                throw DocumentError(.malformed, "\(what) has a member that its format does not know")
            }
            found[member.name] = member.value
        }
        for name in required where found[name] == nil {
            throw DocumentError(.malformed, "\(what) lacks the member '\(name)'")
        }
        return found
    }

    /// The string; throws `malformed` where the value is none.
    public func string(of what: String) throws(DocumentError) -> String {
        guard case .string(let value) = self else { throw DocumentError(.malformed, "\(what) is not a string") }
        return value
    }

    /// The number; throws `malformed` where the value is none.
    public func integer(of what: String) throws(DocumentError) -> Int {
        guard case .integer(let value) = self else { throw DocumentError(.malformed, "\(what) is not a whole number") }
        return value
    }

    /// The elements; throws `malformed` where the value is no array.
    public func array(of what: String) throws(DocumentError) -> [JSONValue] {
        guard case .array(let value) = self else { throw DocumentError(.malformed, "\(what) is not an array") }
        return value
    }
}
