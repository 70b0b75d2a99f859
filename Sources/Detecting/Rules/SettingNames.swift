/// The names of settings that rules are about: whole names, their last words, and their beginnings and endings.
struct SettingNames: Sendable {
    private struct Ending: Sendable {
        var words: [String]
        var rule: Int
    }

    private var settings: [String: Int] = [:]
    private var endings: [String: [Ending]] = [:]
    private var gluedEndings: [(word: String, rule: Int)] = []
    /// The beginnings of names in lower case, with their rules.
    private var beginnings: [(text: String, rule: Int)] = []
    /// The names with such a beginning that hold something else.
    private let otherBeginnings: Set<String>
    private let exceptions: Set<String>
    /// The last words of the exceptions.
    private let exceptionEndings: Set<String>

    /// Makes an index that contains only the names of settings that hold something else.
    init(exceptionsOf rules: [Rule]) {
        let names = rules.filter { !$0.knowsBeginnings }.flatMap(\.exceptKeys).map { KeyName($0) }
        exceptions = Set(names.map(\.joined))
        exceptionEndings = Set(names.compactMap(\.words.last))
        otherBeginnings = Set(rules.filter(\.knowsBeginnings).flatMap(\.exceptKeys).map { KeyName($0).joined })
    }

    /// Adds the names of a rule, and the sources by which they are found in texts.
    mutating func add(_ rule: Rule, _ index: Int, triggers: inout TriggerTable) {
        for setting in rule.settings {
            let name = KeyName(setting)
            if settings[name.joined] == nil { settings[name.joined] = index }
            triggers.add(keyWords: Self.spellings(ofEnding: name.words), part: .words)
        }
        for key in rule.keys {
            if key.last == "*" {
                let beginning = String(key.dropLast())
                beginnings.append((beginning, index))
                triggers.add(keyWords: [beginning], part: .beginning)
                continue
            }
            let isGlued = key.first == "*"
            let words = KeyName(isGlued ? String(key.dropFirst()) : key).words
            guard let last = words.last else { continue }
            endings[last, default: []].append(Ending(words: words, rule: index))
            if isGlued {
                gluedEndings.append((last, index))
                triggers.add(keyWords: [last], part: .endOfWord)
            } else {
                triggers.add(keyWords: Self.spellings(ofEnding: words), part: .words)
            }
        }
    }

    /// The same names, with the endings for each last word ordered by length, the longest first.
    var sorted: SettingNames {
        var names = self
        names.endings = endings.mapValues { $0.sorted { $0.words.count > $1.words.count } }
        return names
    }

    /// Returns the spellings of the end of a name: its last word, or its last two with the separator.
    ///
    /// A pair of words is much rarer than either word, so fewer places in a text are examined.
    private static func spellings(ofEnding words: [String]) -> [String] {
        guard let last = words.last else { return [] }
        guard words.count > 1 else { return [last] }
        return ["", "_", "-", ".", " ", "__"].map { words[words.count - 2] + $0 + last }
    }

    /// The rules that list `key` as the whole name of a setting, with and without its qualifiers.
    func rules(named key: String) -> [Int] {
        let name = KeyName(key)
        return [name.joined, name.withoutQualifiers.joined].compactMap { settings[$0] }
    }

    /// Whether the last words of a name are those of a setting that holds something else.
    private func isException(_ name: KeyName) -> Bool {
        guard let last = name.words.last, exceptionEndings.contains(last) else { return false }
        return name.words.indices.contains { exceptions.contains(KeyName(words: Array(name.words[$0...])).joined) }
    }

    /// Whether a rule may apply to a setting with that name, whatever the keys above it are.
    func mayName(_ key: String) -> Bool {
        let full = KeyName(key)
        let name = full.withoutQualifiers
        guard let word = name.words.last else { return false }
        if settings[full.joined] != nil || settings[name.joined] != nil || endings[word] != nil { return true }
        return word.hasSuffix("s") && endings[String(word.dropLast())] != nil || gluedRule(word) != nil
            || ruleOfBeginning(key) != nil || ruleOfOneWord(key) != nil
    }

    /// The rule for names whose last word ends with `word`, possibly followed by a number: `dbpass2`.
    private func gluedRule(_ word: String) -> Int? {
        var letters = word.utf8[...]
        while let last = letters.last, ByteSet.digits.contains(last) { letters.removeLast() }
        return gluedEndings.first { letters.reversed().starts(with: $0.word.utf8.reversed()) }?.rule
    }

    /// The rule for a name that is one word in spite of its change of case: `PassWord`.
    private func ruleOfOneWord(_ key: String) -> Int? {
        guard key.utf8.allSatisfy(ByteSet.letters.contains), KeyName(key).words.count == 2 else { return nil }
        let word = key.lowercased()
        return settings[word] ?? endings[word]?.first { $0.words.count == 1 }?.rule ?? gluedRule(word)
    }

    /// The rule for `key` if it consists of a known beginning and more: `TOKEN_WEB`.
    private func ruleOfBeginning(_ key: String) -> Int? {
        guard !otherBeginnings.contains(KeyName(key).joined) else { return nil }
        return beginnings.first { beginning in
            key.utf8.count > beginning.text.utf8.count
                && key.utf8.prefix(beginning.text.utf8.count).elementsEqual(beginning.text.utf8) { $0.lowered == $1 }
        }?.rule
    }

    /// Whether the keys above a setting with that name may determine its rules.
    func mayDependOnKeysAbove(_ key: String) -> Bool {
        guard let word = KeyName(key).withoutQualifiers.words.last else { return true }
        // A list index, and the value of an object, are judged by the name above them.
        if word == "value" || word == "default" || word.utf8.allSatisfy(ByteSet.digits.contains) { return true }
        let singular = word.hasSuffix("s") ? String(word.dropLast()) : word
        return [word, singular].contains { endings[$0]?.contains { $0.words.count > 1 } ?? false }
    }

    /// Returns the rules for the setting at `keyPath`, the most specific first.
    ///
    /// The whole name decides first, with and without qualifiers. Then its last words decide, together with those of
    /// the key above if a rule requires more words than the name has; if several rules require the same number of
    /// words, all of them count. Elements of a list are judged by the list's name. A placeholder is not a name, even if
    /// a colon follows it as in `{PLAIN}REPLACE-password:1000`, or if it replaces a word that was a variable.
    func rules(for keyPath: [String]) -> [Int] {
        var keys = keyPath[...]
        while let last = keys.last, last.utf8.allSatisfy(ByteSet.digits.contains) { keys.removeLast() }
        guard let last = keys.last, !last.hasPrefix(ReservedValues.placeholderPrefix) else { return [] }
        let full = KeyName(last)
        let name = full.withoutQualifiers
        if let rule = settings[full.joined] ?? settings[name.joined] { return [rule] }
        guard let word = name.words.last, !isException(full) else { return [] }
        let parents = keys.dropLast().suffix(RuleIndex.tellingKeys - 1).flatMap { KeyName($0).words }
        let words = parents + name.words
        let singular = word.hasSuffix("s") ? String(word.dropLast()) : word
        for candidate in [word, singular] {
            let fitting = (endings[candidate] ?? []).filter { ending in
                words.count >= ending.words.count
                    && words.suffix(ending.words.count).dropLast().elementsEqual(ending.words.dropLast())
            }
            // The endings of a word are ordered by length, the longest first.
            if let longest = fitting.first {
                return fitting.filter { $0.words.count == longest.words.count }.map(\.rule)
            }
        }
        return (gluedRule(word) ?? ruleOfBeginning(last) ?? ruleOfOneWord(last)).map { [$0] } ?? []
    }
}
