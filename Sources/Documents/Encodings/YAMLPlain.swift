/// The rules for plain YAML scalars: which values can be written as one, and which type a reader gives to a scalar.
enum YAMLPlain {
    /// The type of a plain scalar by YAML 1.1 or by YAML 1.2's core schema.
    enum Resolution: Equatable {
        case null, boolean, integer, float, timestamp, merge, string
    }

    /// The bytes around a scalar that is to be written.
    struct Surroundings {
        /// The byte before it, if it is the end of a longer scalar.
        var before: UInt8?
        /// The byte after it, if it is the start of a longer scalar.
        var after: UInt8?
    }

    // MARK: - Writing

    /// Checks that `value` can be written as a plain scalar, or as a part of one, with the type that `raw` has.
    static func check(
        _ value: [UInt8],
        like raw: ArraySlice<UInt8>?,
        inFlow: Bool,
        _ surroundings: Surroundings
    ) throws(DocumentError) {
        try checkBytes(value, inFlow: inFlow)
        try checkSeams([surroundings.before].compactMap { $0 } + value + [surroundings.after].compactMap { $0 })
        if surroundings.before == nil { try checkStart(value, inFlow: inFlow) }
        if surroundings.after == nil, let last = value.last {
            guard last != .colon, !last.isBlank else {
                throw .unrepresentable(at: value.count - 1, "a plain scalar cannot end with a colon or a blank")
            }
        }
        guard surroundings.before == nil, surroundings.after == nil else { return }
        let resolution = raw.map { resolve($0) } ?? .string
        guard resolve(value[...]) == resolution else {
            throw .unrepresentable(at: 0, "the plain scalar would be read as another type")
        }
    }

    private static func checkBytes(_ value: [UInt8], inFlow: Bool) throws(DocumentError) {
        for (index, byte) in value.enumerated() {
            guard byte >= 0x20, byte != 0x7F else {
                throw .unrepresentable(at: index, "a plain scalar cannot hold a line break or a control character")
            }
            guard !inFlow || !isFlowIndicator(byte) else {
                throw .unrepresentable(at: index, "a plain scalar in a flow collection ends at commas and brackets")
            }
        }
    }

    /// Checks for a colon before a blank, which ends a plain scalar, and a number sign after a blank, which begins a
    /// comment.
    private static func checkSeams(_ bytes: [UInt8]) throws(DocumentError) {
        for (index, (left, right)) in zip(bytes, bytes.dropFirst()).enumerated() {
            guard left != .colon || !right.isBlank, !left.isBlank || right != .hash else {
                throw .unrepresentable(at: index, "a plain scalar ends at a colon and blank, or blank and number sign")
            }
        }
    }

    private static func checkStart(_ value: [UInt8], inFlow: Bool) throws(DocumentError) {
        guard let first = value.first else {
            throw .unrepresentable(at: 0, "a plain scalar cannot be empty")
        }
        let indicators: [UInt8] = [
            .comma, .openBracket, .closeBracket, .openBrace, .closeBrace, .hash, .ampersand, .asterisk, .exclamation,
            .pipe, .greaterThan, .singleQuote, .doubleQuote, .percentSign, UInt8(ascii: "@"), .backtick, .space,
        ]
        var isIndicator = indicators.contains(first)
        if first == .dash || first == .question || first == .colon {
            isIndicator = value.count == 1 || value[1].isBlank || (inFlow && first != .dash)
        }
        let isDocumentMark = value.starts(with: "---".utf8) || value.starts(with: "...".utf8)
        guard !isIndicator, !isDocumentMark || (value.count > 3 && !value[3].isBlank) else {
            throw .unrepresentable(at: 0, "a plain scalar cannot begin with an indicator")
        }
    }

    private static func isFlowIndicator(_ byte: UInt8) -> Bool {
        byte == .comma || byte == .openBracket || byte == .closeBracket || byte == .openBrace || byte == .closeBrace
    }

    // MARK: - Reading

    private static let words: [String: Resolution] = {
        var words: [String: Resolution] = ["": .null, "~": .null, "<<": .merge, "=": .merge]
        for word in ["null"] { for form in forms(of: word) { words[form] = .null } }
        for word in ["true", "false", "yes", "no", "on", "off"] {
            for form in forms(of: word) { words[form] = .boolean }
        }
        for word in [".inf", "-.inf", "+.inf", ".nan"] { for form in forms(of: word) { words[form] = .float } }
        return words
    }()

    /// Returns a word in lower case, upper case and capitalised.
    private static func forms(of word: String) -> [String] {
        let upper = word.uppercased()
        guard let letter = word.firstIndex(where: \.isLetter) else { return [word] }
        let rest = word.index(after: letter)
        return [word, upper, String(word[..<letter]) + upper[letter..<rest] + word[rest...]]
    }

    /// Returns the type of a plain scalar by any of the rules in use.
    ///
    /// The types of YAML 1.1 (yaml.org/type) and of YAML 1.2 section 10.3.2 are combined, because the file does not
    /// show which program reads it.
    static func resolve(_ scalar: ArraySlice<UInt8>) -> Resolution {
        guard scalar.count <= 6, let word = words[String(decoding: scalar, as: UTF8.self)] else {
            return resolveNumber(scalar)
        }
        return word
    }

    private static func resolveNumber(_ scalar: ArraySlice<UInt8>) -> Resolution {
        var digits = scalar
        if digits.first == .dash || digits.first == .plus { digits = digits.dropFirst() }
        guard let first = digits.first, first.isDigit || first == .dot else { return .string }
        if first == UInt8(ascii: "0"), digits.count > 2 {
            let isDigit: ((UInt8) -> Bool)? =
                switch digits[digits.startIndex + 1] {
                case UInt8(ascii: "x"): { $0.hexValue != nil || $0 == .underscore }
                case UInt8(ascii: "o"): { (0x30...0x37).contains($0) }
                case UInt8(ascii: "b"): { $0 == 0x30 || $0 == 0x31 || $0 == .underscore }
                default: nil
                }
            if let isDigit { return digits.dropFirst(2).allSatisfy(isDigit) ? .integer : .string }
        }
        if digits.allSatisfy({ $0.isDigit || $0 == .underscore }) { return .integer }
        if digits.contains(.colon) { return resolveClock(scalar, digits) }
        if isFloat(digits) { return .float }
        return isDate(scalar) ? .timestamp : .string
    }

    /// Resolves `1:30:00`, which is a base-60 number in YAML 1.1, and may be the time in a timestamp.
    private static func resolveClock(_ scalar: ArraySlice<UInt8>, _ digits: ArraySlice<UInt8>) -> Resolution {
        if isDate(scalar) { return .timestamp }
        let groups = digits.split(separator: .colon, omittingEmptySubsequences: false)
        for (index, group) in groups.enumerated() {
            let isLast = index == groups.count - 1
            let whole = isLast ? group.prefix { $0 != .dot } : group
            guard !whole.isEmpty, whole.allSatisfy({ $0.isDigit || (index == 0 && $0 == .underscore) }) else {
                return .string
            }
            guard index == 0 || whole.count == 1 || (whole.count == 2 && whole[whole.startIndex] < 0x36) else {
                return .string
            }
        }
        return digits.contains(.dot) ? .float : .integer
    }

    private static func isFloat(_ digits: ArraySlice<UInt8>) -> Bool {
        var rest = digits.drop { $0.isDigit || $0 == .underscore }
        var count = digits.count - rest.count
        if rest.first == .dot {
            let fraction = rest.dropFirst().prefix { $0.isDigit || $0 == .underscore }
            count += fraction.count
            rest = rest.dropFirst(fraction.count + 1)
        }
        guard count > 0 else { return false }
        guard let exponent = rest.first else { return true }
        guard exponent == UInt8(ascii: "e") || exponent == UInt8(ascii: "E") else { return false }
        rest = rest.dropFirst()
        if rest.first == .dash || rest.first == .plus { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(\.isDigit)
    }

    /// Whether a scalar begins with a date: `2026-08-21`, alone or followed by a time.
    private static func isDate(_ scalar: ArraySlice<UInt8>) -> Bool {
        let parts = scalar.prefix(10).split(separator: .dash, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[0].allSatisfy(\.isDigit) else { return false }
        guard (1...2).contains(parts[1].count), parts[1].allSatisfy(\.isDigit) else { return false }
        let day = parts[2].prefix(while: \.isDigit)
        guard (1...2).contains(day.count) else { return false }
        let rest = scalar.dropFirst(5 + parts[1].count + 1 + day.count)
        return rest.allSatisfy { $0.isDigit || $0.isBlank || [.colon, .dot, .dash, .plus].contains($0) || $0.isLetter }
            && (rest.isEmpty || rest.first?.isBlank == true || rest.first == UInt8(ascii: "T")
                || rest.first == UInt8(ascii: "t"))
    }
}
