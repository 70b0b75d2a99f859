/// Reads a flow collection on one line of a YAML template: `{ name: X, value: "y" }`, `[x, y]`.
///
/// The `{{ … }}` of a template engine is part of a plain scalar.
struct FlowReader {
    private static let nestingLimit = 16

    private let text: [UInt8]
    private let end: Int
    private var index: Int
    private var found: [Found] = []

    private struct Found {
        var address: Address?
        var range: Range<Int>
        var encoding: Encoding
        var role: AddressedValue.Role
    }

    /// Adds the values of the collection that fills `range` to `reading`; returns false, and adds nothing, if there is
    /// none.
    static func read(_ text: [UInt8], _ range: Range<Int>, at address: Address?, into reading: inout Reading) -> Bool {
        guard begins(text, range) else { return false }
        var reader = FlowReader(text: text, range: range)
        guard reader.readValue(at: address, depth: 0), reader.index == range.upperBound else { return false }
        for value in reader.found {
            reading.add(value.address, value.range, value.encoding, value.role)
            guard value.role == .value else { continue }
            WordScanner.scan(text, value.range, under: value.address, spelledAs: value.encoding, into: &reading)
        }
        return true
    }

    /// Whether `range` begins and ends like a collection, and not like a template expression.
    private static func begins(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        guard range.count > 2, let first = text[range].first, let last = text[range].last else { return false }
        if first == .openBracket { return last == .closeBracket }
        guard first == .openBrace, last == .closeBrace else { return false }
        return !isExpression(text, at: range.lowerBound, before: range.upperBound)
    }

    private static func isExpression(_ text: [UInt8], at index: Int, before end: Int) -> Bool {
        text.has("{{", at: index, before: end) || text.has("{%", at: index, before: end)
    }

    private init(text: [UInt8], range: Range<Int>) {
        self.text = text
        end = range.upperBound
        index = range.lowerBound
    }

    private mutating func skipBlanks() {
        while index < end, text[index].isBlank { index += 1 }
    }

    private mutating func readValue(at address: Address?, depth: Int) -> Bool {
        guard index < end, depth < Self.nestingLimit else { return false }
        switch text[index] {
        case .openBracket: return readItems(at: address, depth: depth)
        case .openBrace where !Self.isExpression(text, at: index, before: end):
            return readMembers(at: address, depth: depth)
        default:
            guard let (range, encoding) = scalar() else { return false }
            if !range.isEmpty { found.append(Found(address: address, range: range, encoding: encoding, role: .value)) }
            return true
        }
    }

    private mutating func readItems(at address: Address?, depth: Int) -> Bool {
        index += 1
        var count = 0
        while true {
            skipBlanks()
            guard index < end else { return false }
            if text[index] == .closeBracket { break }
            guard readValue(at: Address(address, String(count)), depth: depth + 1), endsItem(.closeBracket) else {
                return false
            }
            count += 1
        }
        index += 1
        return true
    }

    private mutating func readMembers(at address: Address?, depth: Int) -> Bool {
        index += 1
        var name: String?
        while true {
            skipBlanks()
            guard index < end else { return false }
            if text[index] == .closeBrace { break }
            guard let key = key() else { return false }
            let member = Address(address, text.string(in: key))
            found.append(Found(address: member, range: key, encoding: .bare, role: .key))
            skipBlanks()
            let count = found.count
            guard readValue(at: member, depth: depth + 1), endsItem(.closeBrace) else { return false }
            guard found.count == count + 1, let value = found.last else { continue }
            // In `{ name: X, value: "y" }`, the value belongs to the setting X.
            if member.key == "name" || member.key == "key" { name = text.string(in: value.range) }
            if member.key == "value", let name {
                found[count].address = Address(address, name)
            }
        }
        index += 1
        return true
    }

    /// Skips the comma after an item; returns false if neither it nor the end of the collection follows.
    private mutating func endsItem(_ close: UInt8) -> Bool {
        skipBlanks()
        guard index < end else { return false }
        if text[index] == .comma {
            index += 1
            return true
        }
        return text[index] == close
    }

    /// Reads the name before a colon, and the colon itself; nil if there is none.
    private mutating func key() -> Range<Int>? {
        var range: Range<Int>
        if text[index] == .doubleQuote || text[index] == .singleQuote {
            guard let quoted = scalar() else { return nil }
            range = quoted.range
        } else {
            let start = index
            while index < end, text[index].isNameByte || [.dash, .dot, .slash].contains(text[index]) { index += 1 }
            range = start..<index
        }
        guard !range.isEmpty, index < end, text[index] == .colon else { return nil }
        index += 1
        return index < end && (text[index].isBlank || text[index - 2] == .doubleQuote) ? range : nil
    }

    private mutating func scalar() -> (range: Range<Int>, encoding: Encoding)? {
        let first = text[index]
        if first == .doubleQuote || first == .singleQuote {
            let start = index + 1
            index = start
            while index < end, text[index] != first {
                index += first == .doubleQuote && text[index] == .backslash ? 2 : 1
                if first == .singleQuote, text.has("''", at: index, before: end) { index += 2 }
            }
            guard index < end else { return nil }
            index += 1
            return (start..<(index - 1), first == .doubleQuote ? .yamlDoubleQuoted : .yamlSingleQuoted)
        }
        let start = index
        var isTemplate = false
        while index < end, ![.comma, .closeBrace, .closeBracket].contains(text[index]) {
            if Self.isExpression(text, at: index, before: end) {
                isTemplate = true
                guard let close = text[index..<end].firstRange(of: "}".utf8), close.upperBound < end else { return nil }
                index = close.upperBound
                if text[index] == .closeBrace { index += 1 }
            } else {
                index += 1
            }
        }
        return (text.trimmed(start..<index), isTemplate ? .line : .yamlFlowPlain)
    }
}
