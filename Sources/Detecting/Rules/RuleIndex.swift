/// The compiled rules of a scan: what vectorscan searches for, and the names of settings.
final class RuleIndex: Sendable {
    /// The action for a match of a source in the database.
    enum Trigger: Hashable, Sendable {
        /// Try the pattern of a rule; the match ends `count` bytes after the anchor's start.
        ///
        /// With `hasTail`, the bytes after the anchor decide first whether that is worthwhile (``MatchTail``).
        case anchor(rule: Int, count: Int, hasTail: Bool)
        /// Read the setting's name around the place, and its value.
        ///
        /// The match is `count` bytes long and is the given part of the name.
        case keyWord(count: Int, part: WordEnding.Part)
        /// Look for a shape around the place, for a rule.
        case shape(Rule.Shape, rule: Int)
        /// Decode the word around the place if the structure was not read.
        case escape
    }

    /// The rules.
    let rules: [Rule]
    /// The database of everything that is searched for in texts.
    let database: PatternDatabase
    /// The actions of all sources, in sequence.
    let triggers: [Trigger]
    /// What may follow the anchors of patterns.
    let tails = AnchorTails()
    /// The rules for paths.
    let pathRules: [Int]

    /// The start of each source's triggers in ``triggers``, and finally their end.
    private let firstTriggers: [Int]

    private let settings: [String: Int]
    private let exceptions: Set<String>
    /// The last words of the exceptions.
    private let exceptionEndings: Set<String>
    private let endings: [String: [Ending]]
    private let gluedEndings: [(word: String, rule: Int)]
    /// The beginnings of names in lower case, with their rules.
    private let beginnings: [(text: String, rule: Int)]
    /// Names with such a beginning that hold something else.
    private let otherBeginnings: Set<String>
    private let shapes: [Rule.Shape: Int]

    /// The approximate number of sources of the built-in rules.
    private static let likelySources = 1 << 12

    private struct Ending: Sendable {
        var words: [String]
        var rule: Int
    }

    /// Compiles `ruleSet`, or loads what `store` kept of it.
    init(_ ruleSet: RuleSet, store: (any CompiledStore)? = nil) throws(PatternDatabase.CompileError) {
        rules = ruleSet.rules
        var sources: [PatternDatabase.Source: Int] = [:]
        var order: [PatternDatabase.Source] = []
        var triggers: [[Trigger]] = []
        sources.reserveCapacity(Self.likelySources)
        func add(_ source: PatternDatabase.Source, _ trigger: Trigger) {
            if let index = sources[source] {
                if !triggers[index].contains(trigger) { triggers[index].append(trigger) }
            } else {
                sources[source] = order.count
                order.append(source)
                triggers.append([trigger])
            }
        }
        func literal(_ text: String, ignoresCase: Bool) -> PatternDatabase.Source {
            PatternDatabase.Source(bytes: Array(text.utf8), isExpression: false, ignoresCase: ignoresCase)
        }
        func add(keyWords: [String], part: WordEnding.Part = .words) {
            for word in keyWords {
                add(literal(word, ignoresCase: true), .keyWord(count: word.utf8.count, part: part))
            }
        }
        var settings: [String: Int] = [:]
        var endings: [String: [Ending]] = [:]
        var glued: [(word: String, rule: Int)] = []
        var beginnings: [(text: String, rule: Int)] = []
        var shapes: [Rule.Shape: Int] = [:]
        var pathRules: [Int] = []
        for (index, rule) in rules.enumerated() {
            for setting in rule.settings {
                let name = KeyName(setting)
                if settings[name.joined] == nil { settings[name.joined] = index }
                add(keyWords: Self.spellings(ofEnding: name.words))
            }
            for key in rule.keys {
                if key.last == "*" {
                    let beginning = String(key.dropLast())
                    beginnings.append((beginning, index))
                    add(keyWords: [beginning], part: .beginning)
                    continue
                }
                let isGlued = key.first == "*"
                let words = KeyName(isGlued ? String(key.dropFirst()) : key).words
                guard let last = words.last else { continue }
                endings[last, default: []].append(Ending(words: words, rule: index))
                if isGlued { glued.append((last, index)) }
                add(keyWords: isGlued ? [last] : Self.spellings(ofEnding: words), part: isGlued ? .endOfWord : .words)
            }
            if rule.readsPath { pathRules.append(index) }
            if let shape = rule.shape, shapes[shape] == nil {
                shapes[shape] = index
                for source in shape.sources { add(source, .shape(shape, rule: index)) }
            }
            for expression in rule.expressions {
                guard let count = Pattern.fixedLength(of: expression) else { continue }
                add(
                    PatternDatabase.Source(
                        bytes: Array(expression.utf8),
                        isExpression: true,
                        ignoresCase: rule.ignoresCase
                    ),
                    .anchor(rule: index, count: count, hasTail: false)
                )
            }
            for anchor in rule.anchors where !rule.readsPath {
                add(
                    literal(anchor, ignoresCase: rule.ignoresCase),
                    .anchor(rule: index, count: anchor.utf8.count, hasTail: !rule.fromLineStart)
                )
            }
        }
        for mark in EncodedTextProbe.marks {
            add(PatternDatabase.Source(bytes: Array(mark.utf8), isExpression: true, ignoresCase: false), .escape)
        }
        self.settings = settings
        let exceptions = rules.filter { !$0.knowsBeginnings }.flatMap(\.exceptKeys).map { KeyName($0) }
        otherBeginnings = Set(rules.filter(\.knowsBeginnings).flatMap(\.exceptKeys).map { KeyName($0).joined })
        self.exceptions = Set(exceptions.map(\.joined))
        exceptionEndings = Set(exceptions.compactMap(\.words.last))
        self.endings = endings.mapValues { $0.sorted { $0.words.count > $1.words.count } }
        gluedEndings = glued
        self.beginnings = beginnings
        self.shapes = shapes
        self.pathRules = pathRules
        self.triggers = triggers.flatMap(\.self)
        firstTriggers = triggers.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
        database = try PatternDatabase(order, store: store)
    }

    /// The number of sources in the database.
    var sourceCount: Int { firstTriggers.count - 1 }

    /// The range in ``triggers`` for a match of a source.
    func triggers(of source: Int) -> Range<Int> { firstTriggers[source]..<firstTriggers[source + 1] }

    /// Whether a source matches an escape and triggers nothing else.
    func triggersEscape(_ source: Int) -> Bool {
        let range = triggers(of: source)
        return range.count == 1 && triggers[range.lowerBound] == .escape
    }

    /// The spellings of the end of a name: its last word, or its last two with the separator.
    ///
    /// A pair of words is much rarer than either word, so fewer places in a text are examined.
    private static func spellings(ofEnding words: [String]) -> [String] {
        guard let last = words.last else { return [] }
        guard words.count > 1 else { return [last] }
        return ["", "_", "-", ".", " ", "__"].map { words[words.count - 2] + $0 + last }
    }

    /// Whether `rule` lists `key` as the whole name of a setting.
    func names(_ key: String, in rule: Rule) -> Bool {
        let name = KeyName(key)
        return [name.joined, name.withoutQualifiers.joined].contains { settings[$0].map { rules[$0].id } == rule.id }
    }

    /// Whether the last words of a name are those of a setting that holds something else.
    private func isException(_ name: KeyName) -> Bool {
        guard let last = name.words.last, exceptionEndings.contains(last) else { return false }
        return name.words.indices.contains { exceptions.contains(KeyName(words: Array(name.words[$0...])).joined) }
    }

    /// The rule for the shape; nil if there is none.
    func rule(for shape: Rule.Shape) -> Int? { shapes[shape] }

    /// Whether a rule may apply to a setting with that name, whatever the keys above it are.
    func mayName(_ key: String) -> Bool {
        let full = KeyName(key)
        let name = full.withoutQualifiers
        guard let word = name.words.last else { return false }
        if settings[full.joined] != nil || settings[name.joined] != nil || endings[word] != nil { return true }
        return word.hasSuffix("s") && endings[String(word.dropLast())] != nil || gluedRule(word) != nil
            || ruleOfBeginning(key) != nil || ruleOfOneWord(key) != nil
    }

    /// The rule for names whose last word ends like `word`, perhaps followed by a number: `dbpass2`.
    private func gluedRule(_ word: String) -> Int? {
        var letters = word.utf8[...]
        while let last = letters.last, ByteSet.digits.contains(last) { letters.removeLast() }
        return gluedEndings.first { letters.reversed().starts(with: $0.word.utf8.reversed()) }?.rule
    }

    /// The rule for a name that is one word although its case changes: `PassWord`.
    private func ruleOfOneWord(_ key: String) -> Int? {
        guard key.utf8.allSatisfy(ByteSet.letters.contains), KeyName(key).words.count == 2 else { return nil }
        let word = key.lowercased()
        return settings[word] ?? endings[word]?.first { $0.words.count == 1 }?.rule ?? gluedRule(word)
    }

    /// The rule for names that begin like `key` and continue: `TOKEN_WEB`.
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
        if word == "value" || word.utf8.allSatisfy(ByteSet.digits.contains) { return true }
        let singular = word.hasSuffix("s") ? String(word.dropLast()) : word
        return [word, singular].contains { endings[$0]?.contains { $0.words.count > 1 } ?? false }
    }

    /// The number of a setting's innermost keys that count.
    static let tellingKeys = 3

    /// The rules for the setting at `keyPath`, the most telling first.
    ///
    /// The whole name decides first, with and without qualifiers. Then its last words decide, together with those of
    /// the key above if a rule requires more words than the name has; rules that require the same number of words all
    /// count. Elements of a list are judged by the list's name. A placeholder is not a name, even if a colon follows it
    /// as in `{PLAIN}REPLACE-password:1000`, or if it replaces a word that was a variable.
    func rules(for keyPath: [String]) -> [Int] {
        var keys = keyPath[...]
        while let last = keys.last, last.utf8.allSatisfy(ByteSet.digits.contains) { keys.removeLast() }
        guard let last = keys.last, !last.hasPrefix(ReservedValues.placeholderPrefix) else { return [] }
        let full = KeyName(last)
        let name = full.withoutQualifiers
        if let rule = settings[full.joined] ?? settings[name.joined] { return [rule] }
        guard let word = name.words.last, !isException(full) else { return [] }
        let parents = keys.dropLast().suffix(Self.tellingKeys - 1).flatMap { KeyName($0).words }
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
