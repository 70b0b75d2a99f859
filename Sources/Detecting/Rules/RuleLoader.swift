internal import Documents
internal import Sodium

/// Reads rules from YAML.
enum RuleLoader {
    /// Why rules cannot be read.
    struct LoadError: Error, Hashable, Sendable {
        /// The id of the rule that is wrong; nil where none is.
        var rule: String?
        /// What is wrong, in one lower-case sentence.
        var message: String
        /// Where in the file, where that is known.
        var offset: Int?
    }

    /// Reads the rules of a file, in its order.
    static func load(_ bytes: [UInt8]) throws(LoadError) -> [Rule] { try rules(in: SettingTree.read(bytes)) }

    /// Reads the rules of a file without their examples, from what `store` kept of it where it has.
    static func load(_ bytes: [UInt8], store: any CompiledStore) throws(LoadError) -> [Rule] {
        let name = "rules-" + BLAKE2b.hash(bytes).hex
        // What is kept was read before, patterns and all.
        if let kept = store.contents(of: name), let root = SettingTree(serialized: kept) {
            return try rules(in: root, wereRead: true)
        }
        let root = try SettingTree.read(bytes)
        let rules = try rules(in: root)
        store.keep(root.serialized(without: ["examples", "counterexamples", "source"]), as: name)
        return rules
    }

    /// Reads the rules under `rules`, in their order; none where it is missing.
    static func rules(in root: SettingTree, wereRead: Bool = false) throws(LoadError) -> [Rule] {
        guard let list = root["rules"] else { return [] }
        guard list.isList else { throw LoadError(message: "its rules are not a list") }
        var rules: [Rule] = []
        var ids: Set<String> = []
        for (index, entry) in list.elements.enumerated() {
            let rule = try rule(in: entry, number: index + 1, wasRead: wereRead)
            guard ids.insert(rule.id).inserted else {
                throw LoadError(rule: rule.id, message: "two rules have this id")
            }
            rules.append(rule)
        }
        return rules
    }

    /// Reads one rule; `number` is its place in the file, from 1.
    ///
    /// The patterns of a rule that was read before are known to be right.
    static func rule(in entry: SettingTree, number: Int, wasRead: Bool = false) throws(LoadError) -> Rule {
        try rule(RuleFields(entry, number: number, known: known), wasRead: wasRead)
    }

    private static let known: Set<String> = [
        "id", "kind", "confidence", "summary", "source", "settings", "keys", "exceptKeys", "anchors", "expressions",
        "reach", "fromLineStart", "ignoreCase", "pattern", "shape", "inPath", "paths", "validators", "entropy",
        "checksum", "examples", "counterexamples",
    ]

    private static func rule(_ fields: RuleFields, wasRead: Bool) throws(LoadError) -> Rule {
        guard let kind = try fields.read("kind", as: Kind.init(rawValue:)) else {
            throw fields.failure("it has no kind")
        }
        guard let confidence = try fields.read("confidence", as: Confidence.init(rawValue:)) else {
            throw fields.failure("it has no confidence")
        }
        let ignoresCase = try fields.flag("ignoreCase")
        let rule = Rule(
            id: fields.id,
            kind: kind,
            confidence: confidence,
            summary: try fields.required("summary"),
            source: try fields.text("source"),
            settings: try fields.texts("settings"),
            keys: try fields.texts("keys"),
            exceptKeys: try fields.texts("exceptKeys"),
            anchors: try fields.texts("anchors"),
            expressions: try fields.texts("expressions"),
            reach: try fields.read("reach") { Int($0).flatMap { (0...maximumReach).contains($0) ? $0 : nil } } ?? 0,
            fromLineStart: try fields.flag("fromLineStart"),
            ignoresCase: ignoresCase,
            pattern: try pattern("pattern", of: fields, ignoringCase: ignoresCase, isKnown: wasRead),
            shape: try fields.read("shape", as: Rule.Shape.init(rawValue:)),
            readsPath: try fields.flag("inPath"),
            paths: try pattern("paths", of: fields, ignoringCase: false, isKnown: wasRead),
            validators: try validators(of: fields),
            minimumEntropy: try fields.read("entropy") { Double($0).flatMap { (0...8).contains($0) ? $0 : nil } },
            checksum: try fields.read("checksum", as: Checksum.init(rawValue:)),
            examples: try fields.examples("examples"),
            counterexamples: try fields.examples("counterexamples")
        )
        if !wasRead, rule.expressions.contains(where: { Pattern.fixedLength(of: $0) ?? 0 == 0 }) {
            throw fields.failure(
                "an expression of it matches nothing or texts of different lengths, or cannot be read",
                at: "expressions"
            )
        }
        let isSetting = !rule.settings.isEmpty || !rule.keys.isEmpty
        let isAnchored = !rule.anchors.isEmpty || !rule.expressions.isEmpty
        guard isSetting || rule.shape != nil || rule.readsPath || isAnchored else {
            throw fields.failure("it says nowhere to look: no settings, keys, anchors, expressions, shape or inPath")
        }
        if rule.pattern == nil, rule.readsPath || isAnchored { throw fields.failure("it has no pattern") }
        return rule
    }

    /// How far before an anchor a pattern may start, in bytes: each of them is tried.
    private static let maximumReach = 256

    private static func pattern(
        _ field: String,
        of fields: RuleFields,
        ignoringCase: Bool,
        isKnown: Bool
    ) throws(LoadError) -> Pattern? {
        guard let source = try fields.text(field) else { return nil }
        if isKnown { return Pattern(known: source, ignoringCase: ignoringCase) }
        do {
            return try Pattern(source, ignoringCase: ignoringCase)
        } catch {
            throw fields.failure("its \(field) cannot be used: \(error.message)", at: field)
        }
    }

    private static func validators(of fields: RuleFields) throws(LoadError) -> [Validator] {
        var validators: [Validator] = []
        for name in try fields.texts("validators") {
            guard let validator = Validator(rawValue: name) else {
                throw fields.failure("its validator '\(name)' is not known", at: "validators")
            }
            validators.append(validator)
        }
        return validators
    }
}
