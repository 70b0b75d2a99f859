internal import Documents

/// Says, from the bytes around a name alone, whether it may be that of a setting whose value is sensitive.
///
/// Most words that could name one are ordinary words of a program. Only where the name is known to a rule, something is
/// assigned to it and that can be a value, the structure of the file is worth reading. The answer errs on the side of yes.
/// It remembers the names that it has seen, so that one is for one thread.
final class SettingSieve {
    private let index: RuleIndex
    /// The names of settings in structures that were read.
    let names: NameMemory
    private var memory: [UInt64: Int32] = [:]

    private static let memoryLimit = 1 << 15
    private static let longestName = 128
    private static let longestRest = 256
    private static let nameBytes = ByteSet.alphanumerics.union(ByteSet("_-."))
    private static let closers = ByteSet("\"'`]*\\?+) \t")
    private static let blanks = ByteSet(" \t")
    private static let quotes = ByteSet("\"'`")
    private static let identifierBytes = ByteSet.alphanumerics.union(ByteSet("_.$,;:()[]{} \t"))

    init(_ index: RuleIndex) {
        self.index = index
        names = NameMemory(index)
    }

    /// Whether the name that vectorscan saw between `start` and `end` of `text` may be that of a sensitive setting.
    func maySet(from start: Int, to end: Int, in text: [UInt8], sort: FileSort) -> Bool {
        let name = Self.name(from: start, to: end, in: text)
        guard let number = rule(named: name, in: text) else { return false }
        let rule = index.rules[number]
        var position = name.end
        let limit = min(text.count, name.end + 8)
        while position < limit, Self.closers.contains(text[position]) { position += 1 }
        let isFlag = name.start > 0 && text[name.start] == UInt8(ascii: "-")
        guard position < text.count, !ByteSet.lineEnd.contains(text[position]) else {
            // The name may be a value that names the setting beside it: `name: X` and `value: y`.
            return sort != .program && Self.isNamed(name, in: text)
        }
        let hadBlank = position > name.end && Self.blanks.contains(text[position - 1])
        switch text[position] {
        case UInt8(ascii: ":"), UInt8(ascii: "="):
            return mayHold(from: position + 1, in: text, rule: rule, sort: sort)
        case UInt8(ascii: ">"), UInt8(ascii: "<"):
            if sort == .markup { return position == name.end && mayHold(from: position + 1, in: text, rule: rule, sort: sort) }
            return sort == .settings && position == name.end
        case UInt8(ascii: "|"): return sort == .settings
        case UInt8(ascii: ","), UInt8(ascii: "}"):
            return Self.isNamed(name, in: text)
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "("):
            return sort == .settings
        default:
            guard hadBlank else { return false }
            if isFlag { return true }
            switch sort {
            case .settings: return true
            case .markup, .program: return Self.startsVerb(at: position, in: text)
                && mayHold(from: position, in: text, rule: rule, sort: sort)
            }
        }
    }

    /// The rule about the setting of that name.
    private func rule(named name: Span, in text: [UInt8]) -> Int? {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text[name.range] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        hash ^= UInt64(name.count) << 56
        if let known = memory[hash] { return known < 0 ? nil : Int(known) }
        let rule = index.rule(for: [String(decoding: text[name.range], as: UTF8.self)])
        if memory.count > Self.memoryLimit { memory.removeAll(keepingCapacity: true) }
        memory[hash] = rule.map(Int32.init) ?? -1
        return rule
    }

    /// The name around what was seen, which may have blanks in it.
    private static func name(from start: Int, to end: Int, in text: [UInt8]) -> Span {
        var first = start
        var last = end
        while first > 0, start - first < longestName, nameBytes.contains(text[first - 1]) { first -= 1 }
        while last < text.count, last - end < longestName, nameBytes.contains(text[last]) { last += 1 }
        while last > end, text[last - 1] == UInt8(ascii: ".") || text[last - 1] == UInt8(ascii: "-") { last -= 1 }
        return Span(first, last)
    }

    /// Whether `name:` or `key:` stands before the name.
    private static func isNamed(_ name: Span, in text: [UInt8]) -> Bool {
        var position = name.start
        let limit = max(0, name.start - 12)
        while position > limit, quotes.contains(text[position - 1]) || blanks.contains(text[position - 1])
            || ByteSet(":=>\\").contains(text[position - 1])
        { position -= 1 }
        guard position < name.start, position >= 3 else { return false }
        let before = text[(position - 3)..<position].map(\.lowered)
        return before.elementsEqual("ame".utf8) || before.elementsEqual("key".utf8)
    }

    private static func startsVerb(at position: Int, in text: [UInt8]) -> Bool {
        let rest = text[position..<min(text.count, position + 8)]
        return ["is", "was", "are", "ist", "war", "lautet", "=>", "->"].contains { rest.starts(with: $0.utf8) }
    }

    /// Whether what follows from `start` may be a value for `rule`.
    private func mayHold(from start: Int, in text: [UInt8], rule: Rule, sort: FileSort) -> Bool {
        guard sort == .program else { return true }
        var hasQuote = false
        var hasDigit = false
        var hasDot = false
        var hasSymbol = false
        var last: UInt8 = 0
        var position = start
        let limit = min(text.count, start + Self.longestRest)
        while position < limit, !ByteSet.lineEnd.contains(text[position]) {
            let byte = text[position]
            if Self.quotes.contains(byte) {
                hasQuote = true
            } else if ByteSet.digits.contains(byte) {
                hasDigit = true
            } else if byte == UInt8(ascii: ".") {
                hasDot = true
            } else if !Self.identifierBytes.contains(byte) {
                hasSymbol = true
            }
            if !Self.blanks.contains(byte) { last = byte }
            position += 1
        }
        // The value is on the next lines.
        if last == 0 || ByteSet("([{\\=").contains(last) || position == limit && position < text.count { return true }
        guard rule.settings.isEmpty else { return hasQuote || hasDigit || hasSymbol }
        switch rule.kind {
        case .userName, .personName: return false
        case .hostName, .domain: return hasDot && hasQuote
        case .token, .secretKey, .salt, .passwordHash: return hasDigit
        default: return hasQuote || hasDigit || hasSymbol
        }
    }
}
