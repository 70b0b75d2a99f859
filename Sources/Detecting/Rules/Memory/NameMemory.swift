internal import Documents

/// Caches which names rules may apply to, because the same few occur again and again.
///
/// It is not thread-safe.
final class NameMemory {
    /// The host names that occur in texts.
    let hosts = HostMemory()
    /// The bytes that may follow the anchors of rules.
    let anchors: AnchorMemory
    /// The rules that apply to the current file.
    let scope: FileScope

    private let index: RuleIndex
    private var answers: [String: Bool] = [:]
    private var rules: [[String]: [Int]] = [:]
    private var rulesInTexts = RulesByName()
    /// Whether the keys above a name may matter, by the name's hash.
    private var openNames: [UInt64: Bool] = [:]
    /// Whether they do matter, by the hashes of names together with those above them.
    private var namesAbove: [UInt64: Bool] = [:]

    private static let limit = 1 << 13

    init(_ index: RuleIndex) {
        self.index = index
        anchors = AnchorMemory(index)
        scope = FileScope(index)
    }

    /// Whether a rule may apply to a setting with this innermost key; a list index is judged by the keys above it.
    func mayMatter(_ key: String) -> Bool {
        if let known = answers[key] { return known }
        let answer = key.utf8.allSatisfy(ByteSet.digits.contains) || index.mayName(key)
        if answers.count == Self.limit { answers.removeAll(keepingCapacity: true) }
        answers[key] = answer
        return answer
    }

    /// The rules for the setting at `keyPath`; see ``RuleIndex/rules(for:)``.
    func rules(for keyPath: [String]) -> [Int] {
        var keys = keyPath[...]
        while let last = keys.last, last.utf8.allSatisfy(ByteSet.digits.contains) { keys.removeLast() }
        // Keys further out do not count.
        let name = Array(keys.suffix(RuleIndex.tellingKeys))
        if let known = rules[name] { return known }
        let answer = index.rules(for: name)
        if rules.count == Self.limit { rules.removeAll(keepingCapacity: true) }
        rules[name] = answer
        return answer
    }

    /// Returns the rules for the setting whose name is in `text`, without keys above it.
    func rules(named name: Span, in text: [UInt8]) -> [Int] {
        let hash = NameHash.of(text[name.range])
        if let known = rulesInTexts[hash] { return known }
        let rules = index.rules(for: [String(decoding: text[name.range], as: UTF8.self)])
        rulesInTexts.insert(rules, for: hash)
        return rules
    }

    /// Whether a rule applies to the setting at these keys in `text` because of the keys above its own name.
    func matters(_ keys: JSONOutline.Keys, in text: [UInt8]) -> Bool {
        let name = NameHash.of(text[keys.name])
        guard isOpen(name, keys.name, in: text) else { return false }
        var hash = NameHash.joined(NameHash.of(text[keys.container]), name)
        if let outer = keys.outer { hash = NameHash.joined(hash, NameHash.of(text[outer])) }
        if let known = namesAbove[hash] { return known }
        var path = [keys.outer, keys.container, keys.name].compactMap(\.self).map {
            String(decoding: text[$0], as: UTF8.self)
        }
        let own = index.rules(for: path.suffix(1).map(\.self))
        // In `{db_password: {value: …}}` and `{db_password: {default: …}}`, the name of the object decides.
        if path.last.map(DefaultValue.isKey) == true { path.removeLast() }
        let rules = index.rules(for: path)
        let answer = !rules.isEmpty && rules != own
        if namesAbove.count == Self.limit { namesAbove.removeAll(keepingCapacity: true) }
        namesAbove[hash] = answer
        return answer
    }

    private func isOpen(_ hash: UInt64, _ name: Range<Int>, in text: [UInt8]) -> Bool {
        if let known = openNames[hash] { return known }
        let answer = index.mayDependOnKeysAbove(String(decoding: text[name], as: UTF8.self))
        if openNames.count == Self.limit { openNames.removeAll(keepingCapacity: true) }
        openNames[hash] = answer
        return answer
    }
}
