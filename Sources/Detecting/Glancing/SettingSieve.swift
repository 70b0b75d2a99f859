internal import Documents

/// Decides, from the bytes around a name alone, whether it may be a setting with a sensitive value.
///
/// Most words that could name such a setting are ordinary words of a program. The structure of the file is worth
/// reading only if a rule knows the name and something is assigned to it that can be a value. In case of doubt the
/// answer is yes. The sieve remembers the names that it has seen, and is not thread-safe.
final class SettingSieve {
    /// The names of settings in parsed structures.
    let names: NameMemory

    private let index: RuleIndex
    private var values = ValueSieve(sort: .settings)
    /// Whether the file is SQL, in which a column's name is far from its values.
    private var isSQL = false

    private static let longestName = 128
    private static let nameBytes = ByteSet.hostName
    private static let closers = ByteSet("\"'`]*\\?+ \t")
    private static let blanks = ByteSet.blank
    private static let quotes = ByteSet("\"'`")

    init(_ index: RuleIndex) {
        self.index = index
        names = NameMemory(index)
    }

    private var sort: FileSort { values.sort }

    /// Switches to another file.
    func begin(path: String) {
        values = ValueSieve(sort: FileSort(path: path))
        names.scope.begin(path: path)
        isSQL = Document.isSQL(path: path)
    }

    /// Whether the name that vectorscan found between `start` and `end` of `text` may be that of a sensitive setting.
    func maySet(from start: Int, to end: Int, in text: [UInt8]) -> Bool {
        let name = Self.name(from: start, to: end, in: text)
        var position = name.end
        let limit = min(text.count, name.end + 8)
        while position < limit, Self.closers.contains(text[position]) { position += 1 }
        // Names may be padded so that assignments line up.
        position = Self.behindDeclarator(Self.behindBlanks(position, in: text), in: text)
        // Most words of a text are not settings, and checking the rules costs more than checking the next byte.
        let isFar = isSQL || isAttribute(name, in: text)
        let isListed = ListedOption.mayStand(at: name, in: text)
        guard isFar || isListed || mayAssign(to: name, at: position, in: text) else { return false }
        let rules = names.rules(named: name, in: text)
        guard rules.contains(where: names.scope.isAbout) else { return false }
        guard !isFar, !isListed else { return true }
        guard position < text.count, !ByteSet.lineEnd.contains(text[position]) else {
            return Self.isNamed(name, in: text)
        }
        switch text[position] {
        case UInt8(ascii: ":") where sort == .program && text[..<name.start].suffix(2).elementsEqual("${".utf8):
            // The default of a variable: `${name:value}`.
            return true
        case UInt8(ascii: ":"), UInt8(ascii: "="):
            return rules.contains { number in
                let rule = index.rules[number]
                return names.scope.isAbout(number) && values.mayHold(from: position + 1, in: text, rule: rule)
                    && !(rule.mayNameItself
                        && ValueSieve.isNamedAgain(name, as: rule.kind, from: position + 1, in: text))
            }
        case UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "|"), UInt8(ascii: ","), UInt8(ascii: "}"):
            return true
        default:
            return follows(name, at: Self.behindBlanks(name.end, in: text), in: text)
        }
    }

    /// Whether the byte at `position` may assign something to a name, regardless of the rules.
    private func mayAssign(to name: Span, at position: Int, in text: [UInt8]) -> Bool {
        guard position < text.count, !ByteSet.lineEnd.contains(text[position]) else {
            return !sort.quotesTexts || Self.isNamed(name, in: text)
        }
        switch text[position] {
        case UInt8(ascii: ":"), UInt8(ascii: "="): return true
        case UInt8(ascii: ","), UInt8(ascii: "}"): return Self.isNamed(name, in: text)
        case UInt8(ascii: "|"): return !sort.quotesTexts
        case UInt8(ascii: ">"), UInt8(ascii: "<"):
            guard position == name.end else { return false }
            return sort == .markup || sort == .settings || sort == .structure && Self.isElement(name, in: text)
        default:
            // In `name 'value'` the quote does not belong to the name.
            let value = Self.behindBlanks(name.end, in: text)
            guard value > name.end, value < text.count else { return false }
            let isWord = sort == .program || sort == .markup || sort == .prose
            return !isWord || text[name.start] == UInt8(ascii: "-") || Self.quotes.contains(text[value])
                || Self.startsVerb(at: value, in: text)
        }
    }

    /// Returns the index of the sign after `[32]`, `[]` and `PROGMEM`, which C allows between a name and the sign.
    private static func behindDeclarator(_ start: Int, in text: [UInt8]) -> Int {
        guard start < text.count, text[start] == UInt8(ascii: "[") || text[start] == UInt8(ascii: "P") else {
            return start
        }
        var position = start
        if text[position] == UInt8(ascii: "[") {
            let size = text[(position + 1)..<min(text.count, position + 32)].prefix(while: ByteSet.word.contains)
            guard size.endIndex < text.count, text[size.endIndex] == UInt8(ascii: "]") else { return start }
            position = behindBlanks(size.endIndex + 1, in: text)
        }
        if text[position...].starts(with: "PROGMEM".utf8) { position = behindBlanks(position + 7, in: text) }
        return position
    }

    private static func behindBlanks(_ start: Int, in text: [UInt8]) -> Int {
        var end = start
        while end < text.count, blanks.contains(text[end]) { end += 1 }
        return end
    }

    /// Whether the words after a name and a blank may be its value.
    private func follows(_ name: Span, at position: Int, in text: [UInt8]) -> Bool {
        if text[name.start] == UInt8(ascii: "-") { return true }
        if Self.startsVerb(at: position, in: text) {
            return ValueSieve.mayBeToldValue(behindVerbAt: position, in: text)
        }
        switch sort {
        case .program, .quotedSettings: return Self.quotes.contains(text[position])
        case .markup, .prose: return false
        case .structure: return Self.isDirective(name, in: text, ofFewWords: true)
        case .settings: return Self.isDirective(name, in: text, ofFewWords: false)
        }
    }

    // MARK: - Names

    /// The name around the match, which may contain a blank.
    private static func name(from start: Int, to end: Int, in text: [UInt8]) -> Span {
        var first = start
        var last = end
        while first > 0, start - first < longestName, nameBytes.contains(text[first - 1]) { first -= 1 }
        while last < text.count, last - end < longestName, nameBytes.contains(text[last]) { last += 1 }
        while last > end, text[last - 1] == UInt8(ascii: ".") || text[last - 1] == UInt8(ascii: "-") { last -= 1 }
        return Span(EscapeBefore.wordStart(first, before: start, in: text), last)
    }

    /// Whether the name is in an attribute of a markup element, so that its value is in another attribute or between
    /// the tags: `<add key="name" value="…"/>`, `<property name="name">…`.
    private func isAttribute(_ name: Span, in text: [UInt8]) -> Bool {
        guard sort == .markup || sort == .settings, name.start > 4, name.end < text.count,
            Self.quotes.contains(text[name.end]), text[name.start - 1] == text[name.end],
            text[name.start - 2] == UInt8(ascii: "=")
        else { return false }
        let key = text[(name.start - 5)..<(name.start - 2)].map(\.lowered)
        return key.elementsEqual("ame".utf8) || key.elementsEqual("key".utf8)
    }

    /// The mapping around the match, if the match is the name of a value in that mapping; nil otherwise.
    ///
    /// In a program such a mapping takes several lines, none of which alone shows what the value means.
    func pair(around word: Span, in text: [UInt8]) -> Span? {
        guard sort == .program else { return nil }
        let name = Self.name(from: word.start, to: word.end, in: text)
        guard let value = Self.valueKey(of: name, in: text) else { return nil }
        let inner = Span(min(name.start, value), max(name.end, value))
        let before = text[max(0, inner.start - Self.pairReach)..<inner.start]
        let behind = text[inner.end..<min(text.count, inner.end + Self.pairReach)]
        guard let start = before.lastIndex(of: UInt8(ascii: "{")), let end = behind.firstIndex(of: UInt8(ascii: "}"))
        else {
            return nil
        }
        return Span(start, end + 1)
    }

    /// Whether the name follows `name:` or `key:` with a `value` nearby, and so is the name of that value.
    private static func isNamed(_ name: Span, in text: [UInt8]) -> Bool { valueKey(of: name, in: text) != nil }

    /// The index of the second letter of the key, such as `value`, of the value that the name is beside; nil if there
    /// is none.
    private static func valueKey(of name: Span, in text: [UInt8]) -> Int? {
        let start = startOfPointer(endingWith: name, in: text)
        var position = start
        let limit = max(0, start - 12)
        while position > limit, marks.contains(text[position - 1]) { position -= 1 }
        guard position < start, position >= 3 else { return nil }
        let before = text[(position - 3)..<position].map(\.lowered)
        let keys = start < name.start ? ["ath"] : ["ame", "key"]
        guard keys.contains(where: { before.elementsEqual($0.utf8) }) else { return nil }
        let around = max(0, name.start - pairReach)..<min(text.count, name.end + pairReach)
        let beginnings = valueKeyBeginnings
        return around.first { beginnings.contains(text[$0]) && valueKeyContinues(at: $0, in: text[around]) }
    }

    /// The start of a pointer such as `/spec/password` that ends with the name; the start of the name itself if there
    /// is none.
    private static func startOfPointer(endingWith name: Span, in text: [UInt8]) -> Int {
        guard name.start > 0, text[name.start - 1] == UInt8(ascii: "/") else { return name.start }
        var start = name.start - 1
        while start > 0, name.start - start < longestName, pointerBytes.contains(text[start - 1]) { start -= 1 }
        return text[start] == UInt8(ascii: "/") ? start : name.start
    }

    private static let pointerBytes = nameBytes.union(ByteSet("/~"))

    /// Whether the key of a value continues at `index`, after its first letter.
    private static func valueKeyContinues(at index: Int, in text: ArraySlice<UInt8>) -> Bool {
        valueKeys.contains { key in
            let end = index + key.count
            return end < text.endIndex && text[index...].starts(with: key) && keyEnd.contains(text[end])
        }
    }

    /// The keys of values without their first letters, which may be upper or lower case.
    private static let valueKeys = ["alue", "ontent", "ontents", "efault"].map { Array($0.utf8) }
    private static let valueKeyBeginnings = ByteSet("aoe")
    private static let keyEnd = ByteSet("\"':=> \t")

    /// The maximum distance in bytes between a value and its name in a mapping of two.
    private static let pairReach = 512
    private static let marks = ByteSet("\"'` \t:=>\\")

    /// Whether a name is that of a markup element that ends nearby: `<name>…</name>`.
    private static func isElement(_ name: Span, in text: [UInt8]) -> Bool {
        guard name.start > 0, text[name.start - 1] == UInt8(ascii: "<"), text[name.end] == UInt8(ascii: ">") else {
            return false
        }
        let rest = text[name.end..<min(text.count, name.end + ValueSieve.longestRest)]
        return rest.indices.contains { index in
            text[index] == UInt8(ascii: "<") && rest[index...].dropFirst().first == UInt8(ascii: "/")
                && rest[index...].dropFirst(2).starts(with: text[name.range])
        }
    }

    // MARK: - Words

    private static let verbBeginnings = ByteSet("iwal=-")

    private static func startsVerb(at position: Int, in text: [UInt8]) -> Bool {
        let rest = text[position..<min(text.count, position + 8)]
        guard let first = rest.first, verbBeginnings.contains(first) else { return false }
        return TextAssignment.verbs.contains { rest.starts(with: $0.utf8) }
    }

    /// Whether the name is the first or second word of a line that is short or ends with a semicolon.
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
        while position < text.count, !ByteSet.lineEnd.contains(text[position]),
            position - name.end < ValueSieve.longestRest
        {
            if !blanks.contains(text[position]) {
                if blanks.contains(text[position - 1]) { words += 1 }
                last = text[position]
            }
            position += 1
        }
        return wordsBefore == 0 && !ofFewWords || words <= 2 || last == UInt8(ascii: ";")
    }
}
