internal import Documents

/// Decides, from the bytes after a name alone, whether the assigned text may be a value that a rule accepts.
///
/// Most assigned text is another name, an expression, empty, or not of the form that the rule requires. In case of
/// doubt the answer is yes.
struct ValueSieve {
    /// The purpose of the file.
    let sort: FileSort

    /// The maximum number of bytes of assigned text that are examined.
    static let longestRest = 512
    private static let longestName = 128
    private static let nameBytes = ByteSet.hostName
    private static let closers = ByteSet("\"'`]*\\?+ \t")
    private static let blanks = ByteSet.blank
    private static let quotes = ByteSet("\"'`")
    private static let identifierBytes = ByteSet.alphanumerics.union(ByteSet("_.$,;:()[]{} \t"))
    private static let wordEnd = ByteSet(" \t\"'`<>,;)]}|")

    /// Whether the quoted value at `start` is the setting's own name.
    static func isNamedAgain(_ name: Span, as kind: Kind, from start: Int, in text: [UInt8]) -> Bool {
        var first = start
        while first < text.count, Self.blanks.contains(text[first]) { first += 1 }
        guard first < text.count, text[first] == UInt8(ascii: "\"") || text[first] == UInt8(ascii: "'") else {
            return false
        }
        var end = first + 1
        while end < text.count, end - first < Self.longestName, Self.nameBytes.contains(text[end]) { end += 1 }
        guard end < text.count, text[end] == text[first] else { return false }
        return KeyName(String(decoding: text[name.range], as: UTF8.self)).isMeant(
            by: Array(text[(first + 1)..<end]),
            kind: kind
        )
    }

    /// Whether the words after the verb of a sentence may be a value: quoted, or something that is not a word.
    static func mayBeToldValue(behindVerbAt verb: Int, in text: [UInt8]) -> Bool {
        var start = verb
        while start < text.count, !ByteSet.space.contains(text[start]) { start += 1 }
        while start < text.count, blanks.contains(text[start]) { start += 1 }
        guard start < text.count, !quotes.contains(text[start]) else { return start < text.count }
        let word = text[start..<min(text.count, start + longestRest)].prefix {
            !wordEnd.contains($0) && !ByteSet.space.contains($0)
        }
        return Validator.notWord.accepts(Array(word))
    }

    /// Whether the text from `start` on may be a value for `rule`.
    func mayHold(from start: Int, in text: [UInt8], rule: Rule) -> Bool {
        let isLogin = rule.kind == .userName || rule.kind == .personName
        if sort == .program, rule.settings.isEmpty, isLogin { return false }
        guard sort.quotesTexts else {
            if sort == .structure, let inside = objectOpened(at: start, in: text) { return assignsDefault(inside) }
            return mayBeValue(from: start, in: text, rule)
        }
        let rest = Rest(of: text, from: start)
        if rest.isOpen { return true }
        if rest.isEmpty { return Rest(of: text, from: rest.end + 1).hasQuote }
        guard rule.settings.isEmpty else { return true }
        switch rule.kind {
        case .token, .secretKey, .salt, .passwordHash:
            guard sort == .program else { return rest.hasQuote || rest.hasSymbol || rest.hasDigit }
            return rest.hasDigit && (rest.hasQuote || rest.hasSymbol || rest.startsWithDigit)
        case .hostName where sort == .program:
            return rest.hasQuote && rest.hasDot
        default:
            return rest.hasQuote || rest.hasSymbol || rest.startsWithDigit
        }
    }

    /// Whether the text from `start` on passes the checks of `rule`, if it is clear where the value ends.
    private func mayBeValue(from start: Int, in text: [UInt8], _ rule: Rule) -> Bool {
        var first = start
        while first < text.count, Self.blanks.contains(text[first]) { first += 1 }
        guard first < text.count else { return true }
        guard !ByteSet.lineEnd.contains(text[first]) else { return mayBeBlock(behind: first, in: text, rule) }
        let quote = text[first]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            var end = first + 1
            let limit = min(text.count, first + Self.longestRest)
            while end < limit, text[end] != quote, text[end] != UInt8(ascii: "\\"), !ByteSet.lineEnd.contains(text[end])
            {
                end += 1
            }
            // After an escape, or in a multi-line string, only the structure decides.
            guard end < limit, text[end] == quote else { return true }
            // `""` may begin a triple-quoted string.
            guard end > first + 1 else { return end + 1 < text.count && text[end + 1] == quote }
            return accepts(Span(first + 1, end), in: text, rule)
        }
        return mayBeBareValue(from: first, in: text, rule)
    }

    /// Whether the lines after `end` may contain values of a setting that has none on its own line.
    private func mayBeBlock(behind end: Int, in text: [UInt8], _ rule: Rule) -> Bool {
        guard sort == .structure else { return true }
        var start = end
        while start < text.count, ByteSet.space.contains(text[start]) { start += 1 }
        guard start < text.count else { return false }
        if text[start] == UInt8(ascii: "-"), start + 1 < text.count, Self.blanks.contains(text[start + 1]) {
            while start < text.count, Self.blanks.contains(text[start]) || text[start] == UInt8(ascii: "-") {
                start += 1
            }
            return start < text.count && mayBeValue(from: start, in: text, rule)
        }
        let line = text[start..<min(text.count, start + Self.longestName)].prefix { !ByteSet.lineEnd.contains($0) }
        let key = line.prefix { Self.nameBytes.contains($0) }
        guard key.endIndex < line.endIndex, text[key.endIndex] == UInt8(ascii: ":") else { return true }
        return assignsDefault(text[start..<min(text.count, start + Self.longestRest)])
    }

    /// Whether the unquoted text at `start` may be a value of the form that `rule` requires.
    private func mayBeBareValue(from start: Int, in text: [UInt8], _ rule: Rule) -> Bool {
        // For a list, a block or a reference, only the structure decides.
        guard !Self.structureBytes.contains(text[start]) else { return true }
        let line = text[start..<min(text.count, start + Self.longestRest)].prefix { !ByteSet.lineEnd.contains($0) }
        if let pattern = rule.pattern {
            return pattern.match(text, at: start, limit: line.endIndex) != nil || holdsSetting(line, in: text, pattern)
        }
        // A boolean is neither a name nor a secret.
        if Self.literals.contains(where: { line.starts(with: $0) && !Self.goesOn(line.dropFirst($0.count)) }) {
            return false
        }
        guard rule.kind == .personName else { return true }
        return line.contains { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 || $0 >= 0x80 || $0 == UInt8(ascii: "=") }
    }

    private static let literals = ["true", "false", "null"].map { Array($0.utf8) }

    private static func goesOn(_ rest: ArraySlice<UInt8>) -> Bool { rest.first.map(nameBytes.contains) ?? false }

    private static let structureBytes = ByteSet("|>&*[{(!$%\\-`<")

    private func accepts(_ span: Span, in text: [UInt8], _ rule: Rule) -> Bool {
        var span = span
        if let pattern = rule.pattern {
            guard let match = pattern.match(text, filling: span) else {
                return holdsSetting(text[span.range], in: text, pattern)
            }
            span = match.value
        }
        let value = Array(text[span.range])
        return rule.validators.allSatisfy { $0 == .basicCredentials || $0.accepts(value) }
            || value.contains(UInt8(ascii: "="))
    }

    /// Whether a value contains an assignment of the form that a rule requires.
    private func holdsSetting(_ value: ArraySlice<UInt8>, in text: [UInt8], _ pattern: Pattern) -> Bool {
        value.indices.contains { index in
            guard text[index] == UInt8(ascii: "=") else { return false }
            var start = index + 1
            while start < value.endIndex, Self.closers.contains(text[start]) { start += 1 }
            return pattern.match(text, at: start, limit: value.endIndex) != nil
        }
    }

    /// The beginning of the mapping that follows, whose values have their own keys; nil if none follows.
    private func objectOpened(at start: Int, in text: [UInt8]) -> ArraySlice<UInt8>? {
        var position = start
        while position < text.count, ByteSet.space.contains(text[position]), position - start < 64 { position += 1 }
        guard position < text.count, text[position] == UInt8(ascii: "{") else { return nil }
        return text[position..<min(text.count, position + Self.longestRest)].prefix { $0 != UInt8(ascii: "}") }
    }

    /// Whether a mapping has a key whose value belongs to the name of the mapping itself.
    private func assignsDefault(_ inside: ArraySlice<UInt8>) -> Bool {
        var rest = inside
        while let sign = rest.firstIndex(of: UInt8(ascii: ":")) {
            let name = rest[..<sign].reversed().drop { Self.closers.contains($0) }.prefix {
                Self.nameBytes.contains($0)
            }
            if DefaultValue.isKey(Array(name.reversed())) { return true }
            rest = rest[(sign + 1)...]
        }
        return false
    }

    /// The text after the assignment sign, up to the end of its statement or line.
    private struct Rest {
        var hasQuote = false
        var hasDigit = false
        var hasDot = false
        /// Whether the first word contains a sign that does not occur in names.
        var hasSymbol = false
        var startsWithDigit = false
        var isEmpty = true
        /// Whether it continues on the next lines.
        var isOpen = false
        /// The offset after it.
        var end: Int

        init(of text: [UInt8], from start: Int) {
            var depth = 0
            var isFirstWord = true
            var last: UInt8 = 0
            end = start
            let limit = min(text.count, start + ValueSieve.longestRest)
            while end < limit, !ByteSet.lineEnd.contains(text[end]) {
                let byte = text[end]
                end += 1
                switch byte {
                case UInt8(ascii: " "), UInt8(ascii: "\t"):
                    if !isEmpty { isFirstWord = false }
                    continue
                case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): hasQuote = true
                case UInt8(ascii: "0")...UInt8(ascii: "9"):
                    hasDigit = true
                    if isEmpty { startsWithDigit = true }
                case UInt8(ascii: "."): hasDot = true
                case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
                case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                    depth -= 1
                    if depth < 0 { return }
                case UInt8(ascii: ","), UInt8(ascii: ";"):
                    if depth == 0, !hasQuote { return }
                default:
                    if isFirstWord, !ValueSieve.identifierBytes.contains(byte) { hasSymbol = true }
                }
                if ValueSieve.wordEnd.contains(byte) { isFirstWord = false }
                isEmpty = false
                last = byte
            }
            isOpen =
                depth > 0 || last == UInt8(ascii: "\\") || last == UInt8(ascii: "=") || end == limit && end < text.count
        }
    }
}
