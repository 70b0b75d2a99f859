/// The rules of a scan, compiled: what vectorscan searches for, and the names of settings.
final class RuleIndex: Sendable {
    /// What to do where a source of the database matched.
    enum Trigger: Hashable, Sendable {
        /// Try the pattern of a rule; the match is so many bytes behind the anchor's start. With `hasTail`, what stands behind the
        /// anchor says first whether that is worth it (``MatchTail``).
        case anchor(rule: Int, count: Int, hasTail: Bool)
        /// Read the name of a setting around the place, and its value; the match is so many bytes long, and that part of the
        /// name.
        case keyWord(count: Int, part: WordEnding.Part)
        /// Look for a shape around the place, which a rule is about.
        case shape(Rule.Shape, rule: Int)
        /// Decode the word around the place, where nobody has read the structure.
        case escape
    }

    /// The rules.
    let rules: [Rule]
    /// All that is searched for in texts.
    let database: PatternDatabase
    /// What matches trigger: that of all sources, one behind the other.
    let triggers: [Trigger]
    /// What may follow the anchors that trigger patterns.
    let tails = AnchorTails()
    /// The rules about paths.
    let pathRules: [Int]

    /// For each source where its triggers begin in ``triggers``, and at last where they end.
    private let firstTriggers: [Int]

    private let settings: [String: Int]
    private let exceptions: Set<String>
    /// The last words of the exceptions.
    private let exceptionEndings: Set<String>
    private let endings: [String: [Ending]]
    private let gluedEndings: [(word: String, rule: Int)]
    /// With what names begin, in lower case, and the rules about them.
    private let beginnings: [(text: String, rule: Int)]
    /// The names that begin so, and hold something else.
    private let otherBeginnings: Set<String>
    private let shapes: [Rule.Shape: Int]

    /// About as many sources as the built-in rules have.
    private static let likelySources = 1 << 12

    private struct Ending: Sendable {
        var words: [String]
        var rule: Int
    }

    /// Compiles `ruleSet`, or takes what `store` kept of it.
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

    /// How many sources the database has.
    var sourceCount: Int { firstTriggers.count - 1 }

    /// Where in ``triggers`` that stands which a match of a source triggers.
    func triggers(of source: Int) -> Range<Int> { firstTriggers[source]..<firstTriggers[source + 1] }

    /// Whether a match of a source is that of an escape, and triggers nothing else.
    func triggersEscape(_ source: Int) -> Bool {
        let range = triggers(of: source)
        return range.count == 1 && triggers[range.lowerBound] == .escape
    }

    /// How the end of a name of these words is written: its last word, or its last two with what stands between them.
    ///
    /// A pair of words is much rarer than either, so that a text is looked at in fewer places.
    private static func spellings(ofEnding words: [String]) -> [String] {
        guard let last = words.last else { return [] }
        guard words.count > 1 else { return [last] }
        return ["", "_", "-", ".", " ", "__"].map { words[words.count - 2] + $0 + last }
    }

    /// Whether `key` is the whole name of a setting that `rule` lists.
    func names(_ key: String, in rule: Rule) -> Bool {
        let name = KeyName(key)
        return [name.joined, name.withoutQualifiers.joined].contains { settings[$0].map { rules[$0].id } == rule.id }
    }

    /// Whether the last words of a name are those of a setting that holds something else.
    private func isException(_ name: KeyName) -> Bool {
        guard let last = name.words.last, exceptionEndings.contains(last) else { return false }
        return name.words.indices.contains { exceptions.contains(KeyName(words: Array(name.words[$0...])).joined) }
    }

    /// The rule about the shape; nil where no rule wants it.
    func rule(for shape: Rule.Shape) -> Int? { shapes[shape] }

    /// Whether a rule may be about a setting of that name, whatever the keys above it are.
    func mayName(_ key: String) -> Bool {
        let full = KeyName(key)
        let name = full.withoutQualifiers
        guard let word = name.words.last else { return false }
        if settings[full.joined] != nil || settings[name.joined] != nil || endings[word] != nil { return true }
        return word.hasSuffix("s") && endings[String(word.dropLast())] != nil || gluedRule(word) != nil
            || ruleOfBeginning(key) != nil
    }

    /// The rule about names whose last word ends as `word` does, which may have a number behind it: `dbpass2`.
    private func gluedRule(_ word: String) -> Int? {
        var letters = word.utf8[...]
        while let last = letters.last, ByteSet.digits.contains(last) { letters.removeLast() }
        return gluedEndings.first { letters.reversed().starts(with: $0.word.utf8.reversed()) }?.rule
    }

    /// The rule about names that begin as `key` does, and go on: `TOKEN_WEB`.
    private func ruleOfBeginning(_ key: String) -> Int? {
        guard !otherBeginnings.contains(KeyName(key).joined) else { return nil }
        return beginnings.first { beginning in
            key.utf8.count > beginning.text.utf8.count
                && key.utf8.prefix(beginning.text.utf8.count).elementsEqual(beginning.text.utf8) { $0.lowered == $1 }
        }?.rule
    }

    /// Whether the keys above a setting of that name may decide which rules are about it.
    func mayDependOnKeysAbove(_ key: String) -> Bool {
        guard let word = KeyName(key).withoutQualifiers.words.last else { return true }
        // A place in a list, and the value of an object, go by the name above them.
        if word == "value" || word.utf8.allSatisfy(ByteSet.digits.contains) { return true }
        let singular = word.hasSuffix("s") ? String(word.dropLast()) : word
        return [word, singular].contains { endings[$0]?.contains { $0.words.count > 1 } ?? false }
    }

    /// How many of the innermost keys of a setting count.
    static let tellingKeys = 3

    /// The rules about the setting that `keyPath` leads to, the most telling first.
    ///
    /// The whole name decides first, with and without qualifiers, then its last words, with those of the key above
    /// where the rule wants more words than the name has; rules that want as many words all count. The elements of a
    /// list go by the name of the list. A placeholder names nothing, though a colon may stand behind it,
    /// `{PLAIN}REPLACE-password:1000`, and though it may stand for a word that was a variable, too.
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
            // The endings of a word are in the order of their length, the longest first.
            if let longest = fitting.first {
                return fitting.filter { $0.words.count == longest.words.count }.map(\.rule)
            }
        }
        return (gluedRule(word) ?? ruleOfBeginning(last)).map { [$0] } ?? []
    }
}
