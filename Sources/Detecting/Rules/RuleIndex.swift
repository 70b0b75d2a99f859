/// The compiled rules of a scan: the sources that vectorscan searches for, and the names of settings.
final class RuleIndex: Sendable {
    /// The action for a match of a source in the database.
    enum Trigger: Hashable, Sendable {
        /// Try the pattern of a rule; the match ends `count` bytes after the anchor's start.
        ///
        /// With `hasTail`, the bytes after the anchor are first checked to see whether that is worthwhile
        /// (``MatchTail``).
        case anchor(rule: Int, count: Int, hasTail: Bool)
        /// Read the setting's name around the place, and its value.
        ///
        /// The match is `count` bytes long and is the given part of the name.
        case keyWord(count: Int, part: WordEnding.Part)
        /// Search for a shape around the place, on behalf of a rule.
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
    /// The bytes that may follow the anchors of patterns.
    let tails = AnchorTails()
    /// The rules for paths.
    let pathRules: [Int]

    /// The start of each source's triggers in ``triggers``, and finally their end.
    private let firstTriggers: [Int]
    private let names: SettingNames
    private let shapes: [Rule.Shape: Int]

    /// Compiles `ruleSet`, or loads its compiled form from `store`.
    init(_ ruleSet: RuleSet, store: (any CompiledStore)? = nil) throws(PatternDatabase.CompileError) {
        rules = ruleSet.rules
        var table = TriggerTable()
        var names = SettingNames(exceptionsOf: rules)
        for (index, rule) in rules.enumerated() {
            names.add(rule, index, triggers: &table)
            table.add(rule, index)
        }
        table.addEscapes()
        self.names = names.sorted
        shapes = table.shapes
        pathRules = rules.indices.filter { ruleSet.rules[$0].readsPath }
        triggers = table.triggers.flatMap(\.self)
        firstTriggers = table.triggers.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
        database = try PatternDatabase(table.sources, store: store)
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

    /// The rule for the shape; nil if there is none.
    func rule(for shape: Rule.Shape) -> Int? { shapes[shape] }

    /// Whether `rule` lists `key` as the whole name of a setting.
    func names(_ key: String, in rule: Rule) -> Bool { names.rules(named: key).contains { rules[$0].id == rule.id } }

    /// Whether a rule may apply to a setting with that name, whatever the keys above it are.
    func mayName(_ key: String) -> Bool { names.mayName(key) }

    /// Whether the keys above a setting with that name may determine its rules.
    func mayDependOnKeysAbove(_ key: String) -> Bool { names.mayDependOnKeysAbove(key) }

    /// The number of innermost keys of a setting that count.
    static let tellingKeys = 3

    /// Returns the rules for the setting at `keyPath`, the most specific first.
    func rules(for keyPath: [String]) -> [Int] { names.rules(for: keyPath) }
}
