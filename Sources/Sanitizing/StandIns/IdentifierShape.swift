internal import Documents

/// The form of an identifier issued by a cloud or a service, as far as a stand-in keeps it.
enum IdentifierShape: Hashable {
    /// Decimal digits, perhaps after a minus sign.
    case number
    /// A UUID (RFC 9562).
    case uuid
    /// A short prefix that names the resource type, then letters and digits: `i-0f3a…`, `Z2FDT…`, 32 hexadecimal
    /// digits.
    case code(prefix: String, count: Int)
    /// A bucket name: lower-case words.
    case bucket
    /// Anything else.
    case other

    /// Determines the form of `value`, found by the rule with the id `rule`.
    init(of value: [UInt8], rule: String) {
        let dashes = value.indices.filter { value[$0] == UInt8(ascii: "-") }
        if (value.first == UInt8(ascii: "-") ? value.dropFirst() : value[...]).allSatisfy(\.isDigit) {
            self = .number
        } else if value.count == 36 && dashes == [8, 13, 18, 23] {
            self = .uuid
        } else if let code = Self.code(value) {
            self = code
        } else if rule.contains("bucket") {
            self = .bucket
        } else {
            self = .other
        }
    }

    /// Returns an obviously invented identifier of this form, a different one for each number from 1 on; nil if the
    /// form has none.
    func invented(_ number: Int) -> String? {
        func zeros(_ count: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
        }
        switch self {
        case .uuid: return "00000000-0000-0000-0000-" + zeros(12)
        case .code(let prefix, let count): return prefix + zeros(count)
        case .bucket: return "example-bucket-\(number)"
        case .number, .other: return nil
        }
    }

    private static let shortestCode = 7
    private static let longestPrefix = 5

    /// Letters and digits, including at least one digit, after no prefix or one of a few letters.
    private static func code(_ value: [UInt8]) -> IdentifierShape? {
        var prefix: [UInt8] = []
        var body = value[...]
        if let dash = value.firstIndex(where: { "-_".utf8.contains($0) }) {
            guard (1...longestPrefix).contains(dash), value[..<dash].allSatisfy(\.isLetter) else { return nil }
            prefix = Array(value[...dash])
            body = value[(dash + 1)...]
        }
        if prefix.isEmpty, let first = body.popFirst() {
            // The first capital letter of an identifier often names its type: the zone Z…, the organisation O…. An
            // identifier with letters must not become a number, and `f` is a hexadecimal digit.
            prefix = first.isUppercaseLetter ? [first] : [UInt8(ascii: "f")]
            guard first.isAlphanumeric else { return nil }
        }
        guard body.count >= shortestCode, body.contains(where: \.isDigit),
            body.allSatisfy(\.isAlphanumeric)
        else { return nil }
        return .code(prefix: String(decoding: prefix, as: UTF8.self), count: body.count)
    }
}
