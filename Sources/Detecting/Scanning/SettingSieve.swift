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
        let rules = rules(named: name, in: text).filter(isAboutFile)
        guard !rules.isEmpty else { return false }
        var position = name.end
        let limit = min(text.count, name.end + 8)
        while position < limit, Self.closers.contains(text[position]) { position += 1 }
        guard position < text.count, !ByteSet.lineEnd.contains(text[position]) else {
            return !sort.quotesTexts && Self.isNamed(name, in: text)
        }
        switch text[position] {
        case UInt8(ascii: ":"), UInt8(ascii: "="):
            return rules.contains { mayHold(from: position + 1, in: text, rule: index.rules[$0]) }
        case UInt8(ascii: ">"), UInt8(ascii: "<"):
            return position == name.end && (sort == .markup || sort == .settings || sort == .structure)
        case UInt8(ascii: "|"):
            return !sort.quotesTexts
        case UInt8(ascii: ","), UInt8(ascii: "}"):
            return Self.isNamed(name, in: text)
        default:
            // Of `name 'value'` the quote was taken for one that ends the name.
            let value = text[name.end..<position].prefix { Self.blanks.contains($0) }.endIndex
            return value > name.end && follows(name, at: value, in: text, rules: rules)
        }
    }

    /// Whether the words behind a name and a blank may be its value.
    private func follows(_ name: Span, at position: Int, in text: [UInt8], rules: [Int]) -> Bool {
        if text[name.start] == UInt8(ascii: "-") { return true }
        if Self.startsVerb(at: position, in: text) {
            return rules.contains { mayHold(from: position, in: text, rule: index.rules[$0]) }
        }
        switch sort {
        case .program, .quotedSettings: return Self.quotes.contains(text[position])
        case .markup, .prose: return false
        case .structure, .settings: return Self.isDirective(name, in: text)
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

    /// Whether `name:` or `key:` stands before, so that the name is that of the value beside it.
    private static func isNamed(_ name: Span, in text: [UInt8]) -> Bool {
        var position = name.start
        let limit = max(0, name.start - 12)
        while position > limit, marks.contains(text[position - 1]) { position -= 1 }
        guard position < name.start, position >= 3 else { return false }
        let before = text[(position - 3)..<position].map(\.lowered)
        return before.elementsEqual("ame".utf8) || before.elementsEqual("key".utf8)
    }

    private static let marks = ByteSet("\"'` \t:=>\\")

    // MARK: - Values

    private static func startsVerb(at position: Int, in text: [UInt8]) -> Bool {
        let rest = text[position..<min(text.count, position + 8)]
        return ["is", "was", "are", "ist", "war", "lautet", "=>", "->"].contains { rest.starts(with: $0.utf8) }
    }

    /// Whether the name is the first or second word of a line of few, or of one that a semicolon ends.
    private static func isDirective(_ name: Span, in text: [UInt8]) -> Bool {
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
        return wordsBefore == 0 || words <= 2 || last == UInt8(ascii: ";")
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
            guard sort == .program else { return rest.hasQuote || rest.hasSymbol || rest.startsWithDigit }
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
        guard first < text.count, !ByteSet.lineEnd.contains(text[first]) else { return true }
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
        return true
    }

    private func accepts(_ span: Span, in text: [UInt8], _ rule: Rule) -> Bool {
        var span = span
        if let pattern = rule.pattern {
            guard let match = pattern.match(text, filling: span) else {
                // A setting may stand inside of the text.
                return text[span.range].contains(UInt8(ascii: "="))
            }
            span = match.value
        }
        let value = Array(text[span.range])
        return rule.validators.allSatisfy { $0 == .basicCredentials || $0.accepts(value) }
            || value.contains(UInt8(ascii: "="))
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
