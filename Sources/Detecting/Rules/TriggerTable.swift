/// Collects the sources to search for in texts, and the actions where they are found.
struct TriggerTable {
    /// The approximate number of sources of the built-in rules.
    private static let likelySources = 1 << 12

    /// The sources, in the order of their addition.
    private(set) var sources: [PatternDatabase.Source] = []
    /// The triggers of each source.
    private(set) var triggers: [[RuleIndex.Trigger]] = []
    /// The first rule of each shape.
    private(set) var shapes: [Rule.Shape: Int] = [:]
    private var places: [PatternDatabase.Source: Int] = [:]

    /// Makes an empty table.
    init() { places.reserveCapacity(Self.likelySources) }

    /// Adds the words of settings' names.
    mutating func add(keyWords: [String], part: WordEnding.Part) {
        for word in keyWords { add(.literal(word, ignoresCase: true), .keyWord(count: word.utf8.count, part: part)) }
    }

    /// Adds the shape of a rule, its expressions and its anchors.
    mutating func add(_ rule: Rule, _ index: Int) {
        if let shape = rule.shape, shapes[shape] == nil {
            shapes[shape] = index
            for source in shape.sources { add(source, .shape(shape, rule: index)) }
        }
        for expression in rule.expressions {
            guard let count = Pattern.fixedLength(of: expression) else { continue }
            add(
                .expression(expression, ignoresCase: rule.ignoresCase),
                .anchor(rule: index, count: count, hasTail: false)
            )
        }
        for anchor in rule.anchors where !rule.readsPath {
            add(
                .literal(anchor, ignoresCase: rule.ignoresCase),
                .anchor(rule: index, count: anchor.utf8.count, hasTail: !rule.fromLineStart)
            )
        }
    }

    /// Adds the marks of escapes, for texts whose structure is not read.
    mutating func addEscapes() {
        for mark in EncodedTextProbe.marks { add(.expression(mark, ignoresCase: false), .escape) }
    }

    private mutating func add(_ source: PatternDatabase.Source, _ trigger: RuleIndex.Trigger) {
        if let index = places[source] {
            if !triggers[index].contains(trigger) { triggers[index].append(trigger) }
        } else {
            places[source] = sources.count
            sources.append(source)
            triggers.append([trigger])
        }
    }
}

extension PatternDatabase.Source {
    fileprivate static func literal(_ text: String, ignoresCase: Bool) -> PatternDatabase.Source {
        PatternDatabase.Source(bytes: Array(text.utf8), isExpression: false, ignoresCase: ignoresCase)
    }

    fileprivate static func expression(_ text: String, ignoresCase: Bool) -> PatternDatabase.Source {
        PatternDatabase.Source(bytes: Array(text.utf8), isExpression: true, ignoresCase: ignoresCase)
    }
}
