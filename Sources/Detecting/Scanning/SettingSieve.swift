internal import Documents

/// Says, from the bytes around a name alone, whether it may be that of a setting whose value is sensitive.
///
/// Most words that could name one are ordinary words of a program. Only where the name is known to a rule, something is
/// assigned to it, and that can be a value, the structure of the file is worth reading. The answer errs on the side of
/// yes. It remembers the names that it has seen, so that a sieve is for one thread.
final class SettingSieve {
    /// The names of settings in structures that were read.
    let names: NameMemory

    private let index: RuleIndex
    /// The rules about each name that was seen, by its hash.
    private var memory: [UInt64: [Int]] = [:]
    private var sort = FileSort.settings
    private var path: [UInt8] = []
    /// Whether rules that are about some files only are about the one at hand.
    private var limited: [Int: Bool] = [:]

    private static let memoryLimit = 1 << 15
    private static let longestName = 128
    private static let longestRest = 512
    private static let nameBytes = ByteSet.alphanumerics.union(ByteSet("_-."))
    private static let closers = ByteSet("\"'`]*\\?+ \t")
    private static let blanks = ByteSet(" \t")
    private static let quotes = ByteSet("\"'`")
    private static let identifierBytes = ByteSet.alphanumerics.union(ByteSet("_.$,;:()[]{} \t"))
    private static let wordEnd = ByteSet(" \t\"'`<>,;)]}|")

    init(_ index: RuleIndex) {
        self.index = index
        names = NameMemory(index)
    }

    /// Begins with another file.
    func begin(path: String) {
        sort = FileSort(path: path)
        self.path = Array(path.utf8)
        limited.removeAll(keepingCapacity: true)
    }

    /// Whether the name that vectorscan saw between `start` and `end` of `text` may be that of a sensitive setting.
    func maySet(from start: Int, to end: Int, in text: [UInt8]) -> Bool {
        let name = Self.name(from: start, to: end, in: text)
        var position = name.end
        let limit = min(text.count, name.end + 8)
        while position < limit, Self.closers.contains(text[position]) { position += 1 }
        // Most words of a text are no names of settings, and a look at the rules costs more than one at the next byte.
        guard mayAssign(to: name, at: position, in: text) else { return false }
        let rules = rules(named: name, in: text).filter(isAboutFile)
        guard !rules.isEmpty else { return false }
        guard position < text.count, !ByteSet.lineEnd.contains(text[position]) else {
            return Self.isNamed(name, in: text)
        }
        switch text[position] {
        case UInt8(ascii: ":"), UInt8(ascii: "="):
            return rules.contains {
                let rule = index.rules[$0]
                return mayHold(from: position + 1, in: text, rule: rule)
                    && !(rule.mayNameItself && isNamedAgain(name, as: rule.kind, from: position + 1, in: text))
            }
        case UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "|"), UInt8(ascii: ","), UInt8(ascii: "}"):
            return true
        default:
            return follows(name, at: Self.behindBlanks(name.end, in: text), in: text, rules: rules)
        }
    }

    /// Whether the byte at `position` may assign something to a name, whatever the rules say about it.
    private func mayAssign(to name: Span, at position: Int, in text: [UInt8]) -> Bool {
        guard position < text.count, !ByteSet.lineEnd.contains(text[position]) else { return !sort.quotesTexts }
        switch text[position] {
        case UInt8(ascii: ":"), UInt8(ascii: "="): return true
        case UInt8(ascii: ","), UInt8(ascii: "}"): return Self.isNamed(name, in: text)
        case UInt8(ascii: "|"): return !sort.quotesTexts
        case UInt8(ascii: ">"), UInt8(ascii: "<"):
            guard position == name.end else { return false }
            return sort == .markup || sort == .settings || sort == .structure && Self.isElement(name, in: text)
        default:
            // Of `name 'value'` the quote is no part of the name.
            let value = Self.behindBlanks(name.end, in: text)
            guard value > name.end, value < text.count else { return false }
            let isWord = sort == .program || sort == .markup || sort == .prose
            return !isWord || text[name.start] == UInt8(ascii: "-") || Self.quotes.contains(text[value])
                || Self.startsVerb(at: value, in: text)
        }
    }

    private static func behindBlanks(_ start: Int, in text: [UInt8]) -> Int {
        var end = start
        while end < text.count, blanks.contains(text[end]) { end += 1 }
        return end
    }

    /// Whether the words behind a name and a blank may be its value.
    private func follows(_ name: Span, at position: Int, in text: [UInt8], rules: [Int]) -> Bool {
        if text[name.start] == UInt8(ascii: "-") { return true }
        if Self.startsVerb(at: position, in: text) {
            return Self.mayBeToldValue(behindVerbAt: position, in: text)
        }
        switch sort {
        case .program, .quotedSettings: return Self.quotes.contains(text[position])
        case .markup, .prose: return false
        case .structure: return Self.isDirective(name, in: text, ofFewWords: true)
        case .settings: return Self.isDirective(name, in: text, ofFewWords: false)
        }
    }

    // MARK: - Names

    private func isAboutFile(_ rule: Int) -> Bool {
        guard let paths = index.rules[rule].paths else { return true }
        if let known = limited[rule] { return known }
        let answer = paths.matchesWhole(path)
        limited[rule] = answer
        return answer
    }

    /// The rules about the setting of that name.
    private func rules(named name: Span, in text: [UInt8]) -> [Int] {
        // FNV-1a; two names of one hash would have to stand in one run.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text[name.range] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        hash ^= UInt64(name.count) << 56
        if let known = memory[hash] { return known }
        let rules = index.rules(for: [String(decoding: text[name.range], as: UTF8.self)])
        if memory.count > Self.memoryLimit { memory.removeAll(keepingCapacity: true) }
        memory[hash] = rules
        return rules
    }

    /// The name around what was seen, which may have a blank in it.
    private static func name(from start: Int, to end: Int, in text: [UInt8]) -> Span {
        var first = start
        var last = end
        while first > 0, start - first < longestName, nameBytes.contains(text[first - 1]) { first -= 1 }
        while last < text.count, last - end < longestName, nameBytes.contains(text[last]) { last += 1 }
        while last > end, text[last - 1] == UInt8(ascii: ".") || text[last - 1] == UInt8(ascii: "-") { last -= 1 }
        return Span(first, last)
    }

    /// Whether `name:` or `key:` stands before and a `value` near by, so that the name is that of the value beside it.
    private static func isNamed(_ name: Span, in text: [UInt8]) -> Bool {
        var position = name.start
        let limit = max(0, name.start - 12)
        while position > limit, marks.contains(text[position - 1]) { position -= 1 }
        guard position < name.start, position >= 3 else { return false }
        let before = text[(position - 3)..<position].map(\.lowered)
        guard before.elementsEqual("ame".utf8) || before.elementsEqual("key".utf8) else { return false }
        let around = text[max(0, name.start - pairReach)..<min(text.count, name.end + pairReach)]
        return valueKeys.contains { key in
            around.indices.contains { index in
                guard text[index] == key[0], around[index...].starts(with: key) else { return false }
                let end = index + key.count
                return end < around.endIndex && keyEnd.contains(text[end])
            }
        }
    }

    /// How the keys of values end, but for their first letters, which may be of either case.
    private static let valueKeys = ["alue", "ontent", "ontents"].map { Array($0.utf8) }
    private static let keyEnd = ByteSet("\"':=> \t")

    /// How far a value and its name stand apart in a mapping of two, in bytes.
    private static let pairReach = 512
    private static let marks = ByteSet("\"'` \t:=>\\")

    /// Whether a name is that of an element of markup that ends near by: `<name>…</name>`.
    private static func isElement(_ name: Span, in text: [UInt8]) -> Bool {
        guard name.start > 0, text[name.start - 1] == UInt8(ascii: "<"), text[name.end] == UInt8(ascii: ">") else {
            return false
        }
        let rest = text[name.end..<min(text.count, name.end + longestRest)]
        return rest.indices.contains { index in
            text[index] == UInt8(ascii: "<") && rest[index...].dropFirst().first == UInt8(ascii: "/")
                && rest[index...].dropFirst(2).starts(with: text[name.range])
        }
    }

    /// Whether the quoted value at `start` is the name of the setting again.
    private func isNamedAgain(_ name: Span, as kind: Kind, from start: Int, in text: [UInt8]) -> Bool {
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

    // MARK: - Values

    /// Whether what a sentence says something is may be its value: it has quotes, or is no word.
    private static func mayBeToldValue(behindVerbAt verb: Int, in text: [UInt8]) -> Bool {
        var start = verb
        while start < text.count, !ByteSet.space.contains(text[start]) { start += 1 }
        while start < text.count, blanks.contains(text[start]) { start += 1 }
        guard start < text.count, !quotes.contains(text[start]) else { return start < text.count }
        let word = text[start..<min(text.count, start + longestRest)].prefix {
            !wordEnd.contains($0) && !ByteSet.space.contains($0)
        }
        return Validator.notWord.accepts(Array(word))
    }

    private static let verbs = ["is", "was", "are", "ist", "war", "lautet", "=>", "->"]
    private static let verbBeginnings = ByteSet("iwal=-")

    private static func startsVerb(at position: Int, in text: [UInt8]) -> Bool {
        let rest = text[position..<min(text.count, position + 8)]
        guard let first = rest.first, verbBeginnings.contains(first) else { return false }
        return verbs.contains { rest.starts(with: $0.utf8) }
    }

    /// Whether the name is the first or second word of a line of few, or of one that a semicolon ends.
    private static func isDirective(_ name: Span, in text: [UInt8], ofFewWords: Bool) -> Bool {
        var start = name.start
        var wordsBefore = 0
        while start > 0, !ByteSet.lineEnd.contains(text[start - 1]), name.start - start < 64 {
            start -= 1
            if blanks.contains(text[start]), start > 0, !blanks.contains(text[start - 1]),
                !ByteSet.lineEnd.contains(text[start - 1])
            {
                wordsBefore += 1
            }
        }
        guard wordsBefore <= 1 else { return false }
        var words = 0
        var last: UInt8 = 0
        var position = name.end
        while position < text.count, !ByteSet.lineEnd.contains(text[position]), position - name.end < longestRest {
            if !blanks.contains(text[position]) {
                if blanks.contains(text[position - 1]) { words += 1 }
                last = text[position]
            }
            position += 1
        }
        return wordsBefore == 0 && !ofFewWords || words <= 2 || last == UInt8(ascii: ";")
    }

    /// Whether what follows from `start` may be a value for `rule`.
    private func mayHold(from start: Int, in text: [UInt8], rule: Rule) -> Bool {
        let isLogin = rule.kind == .userName || rule.kind == .personName
        if sort == .program, rule.settings.isEmpty, isLogin { return false }
        guard sort.quotesTexts else {
            return (sort != .structure || !opensObject(at: start, in: text)) && mayBeValue(from: start, in: text, rule)
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

    /// Whether what follows from `start` passes the checks of `rule`, where it is plain what the value is.
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
            // An escape, a string of several lines: only the structure tells.
            guard end < limit, text[end] == quote else { return true }
            // `""` may begin a string of three quotes.
            guard end > first + 1 else { return end + 1 < text.count && text[end + 1] == quote }
            return accepts(Span(first + 1, end), in: text, rule)
        }
        return mayBeBareValue(from: first, in: text, rule)
    }

    /// Whether the lines behind `end` may be values of a setting whose own line has none.
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
        // A mapping has keys of its own; only `value` gives its value to the name of the mapping.
        let line = text[start..<min(text.count, start + Self.longestName)].prefix { !ByteSet.lineEnd.contains($0) }
        let key = line.prefix { Self.nameBytes.contains($0) }
        guard key.endIndex < line.endIndex, text[key.endIndex] == UInt8(ascii: ":") else { return true }
        return key.map(\.lowered).elementsEqual("value".utf8)
    }

    /// Whether what stands at `start` without quotes may be a value of the form that `rule` wants.
    private func mayBeBareValue(from start: Int, in text: [UInt8], _ rule: Rule) -> Bool {
        // A list, a block, a reference: only the structure tells.
        guard !Self.structureBytes.contains(text[start]) else { return true }
        let line = text[start..<min(text.count, start + Self.longestRest)].prefix { !ByteSet.lineEnd.contains($0) }
        if let pattern = rule.pattern {
            return pattern.match(text, at: start, limit: line.endIndex) != nil || holdsSetting(line, in: text, pattern)
        }
        // What says yes or no is neither a name nor a secret.
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

    /// Whether something of the form that a rule wants is assigned inside of a value.
    private func holdsSetting(_ value: ArraySlice<UInt8>, in text: [UInt8], _ pattern: Pattern) -> Bool {
        value.indices.contains { index in
            guard text[index] == UInt8(ascii: "=") else { return false }
            var start = index + 1
            while start < value.endIndex, Self.closers.contains(text[start]) { start += 1 }
            return pattern.match(text, at: start, limit: value.endIndex) != nil
        }
    }

    /// Whether a mapping follows, whose values have keys of their own.
    private func opensObject(at start: Int, in text: [UInt8]) -> Bool {
        var position = start
        while position < text.count, ByteSet.space.contains(text[position]), position - start < 64 { position += 1 }
        return position < text.count && text[position] == UInt8(ascii: "{")
    }

    /// What stands behind the sign that assigns, up to the end of its statement or line.
    private struct Rest {
        var hasQuote = false
        var hasDigit = false
        var hasDot = false
        /// Whether the first word has a sign in it that no name has.
        var hasSymbol = false
        var startsWithDigit = false
        var isEmpty = true
        /// Whether it goes on in the next lines.
        var isOpen = false
        /// The offset behind it.
        var end: Int

        init(of text: [UInt8], from start: Int) {
            var depth = 0
            var isFirstWord = true
            var last: UInt8 = 0
            end = start
            let limit = min(text.count, start + SettingSieve.longestRest)
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
                    if isFirstWord, !SettingSieve.identifierBytes.contains(byte) { hasSymbol = true }
                }
                if SettingSieve.wordEnd.contains(byte) { isFirstWord = false }
                isEmpty = false
                last = byte
            }
            isOpen =
                depth > 0 || last == UInt8(ascii: "\\") || last == UInt8(ascii: "=") || end == limit && end < text.count
        }
    }
}
