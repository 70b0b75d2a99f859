internal import Documents

/// Remembers of which names a rule may be about, since the same few stand in a text again and again.
///
/// It is for one thread.
final class NameMemory {
    /// The names of hosts that stand in texts.
    let hosts = HostMemory()

    private let index: RuleIndex
    private var answers: [String: Bool] = [:]
    private var rules: [[String]: [Int]] = [:]
    private var rulesInTexts = RulesByName()

    private static let limit = 1 << 13

    init(_ index: RuleIndex) { self.index = index }

    /// Whether a rule may be about a setting with this innermost key; a place in a list goes by the keys above.
    func mayMatter(_ key: String) -> Bool {
        if let known = answers[key] { return known }
        let answer = key.utf8.allSatisfy(ByteSet.digits.contains) || index.mayName(key)
        if answers.count == Self.limit { answers.removeAll(keepingCapacity: true) }
        answers[key] = answer
        return answer
    }

    /// The rules about the setting that `keyPath` leads to, as ``RuleIndex/rules(for:)`` says.
    func rules(for keyPath: [String]) -> [Int] {
        var keys = keyPath[...]
        while let last = keys.last, last.utf8.allSatisfy(ByteSet.digits.contains) { keys.removeLast() }
        // The keys further out do not count.
        let name = Array(keys.suffix(RuleIndex.tellingKeys))
        if let known = rules[name] { return known }
        let answer = index.rules(for: name)
        if rules.count == Self.limit { rules.removeAll(keepingCapacity: true) }
        rules[name] = answer
        return answer
    }

    /// The rules about the setting whose name stands in `text`, with no keys above it.
    func rules(named name: Span, in text: [UInt8]) -> [Int] {
        let hash = RulesByName.hash(text, name)
        if let known = rulesInTexts[hash] { return known }
        let rules = index.rules(for: [String(decoding: text[name.range], as: UTF8.self)])
        rulesInTexts.insert(rules, for: hash)
        return rules
    }
}
