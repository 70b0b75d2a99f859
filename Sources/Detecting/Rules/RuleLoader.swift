internal import Documents
internal import Sodium

/// Reads rules from YAML.
enum RuleLoader {
    /// The reason why rules cannot be read.
    struct LoadError: Error, Hashable, Sendable {
        /// The id of the invalid rule; nil if the error is not about a rule.
        var rule: String?
        /// The problem, in one lower-case sentence.
        var message: String
        /// The place in the file, if it is known.
        var offset: Int?
    }

    /// Reads the rules of a file, in order.
    static func load(_ bytes: [UInt8]) throws(LoadError) -> [Rule] { try rules(in: SettingTree.read(bytes)) }

    /// Reads the rules of a file without their examples, from `store` if possible.
    static func load(_ bytes: [UInt8], store: any CompiledStore) throws(LoadError) -> [Rule] {
        let name = "rules-" + BLAKE2b.hash(bytes).hex
        // Stored rules were validated before, including their patterns.
        if let kept = store.contents(of: name), let root = SettingTree(serialized: kept) {
            return try rules(in: root, wereRead: true)
        }
        let root = try SettingTree.read(bytes)
        let rules = try rules(in: root)
        store.keep(root.serialized(without: ["examples", "counterexamples", "source"]), as: name)
        return rules
    }

    /// Reads the rules under `rules`, in order; empty if the key is missing.
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

    /// Reads one rule; `number` is its 1-based position in the file.
    ///
    /// The patterns of a stored rule are known to be valid.
    static func rule(in entry: SettingTree, number: Int, wasRead: Bool = false) throws(LoadError) -> Rule {
        try rule(RuleFields(entry, number: number, known: known), wasRead: wasRead)
    }

    private static let known: Set<String> = [
        "id", "kind", "confidence", "summary", "source", "settings", "keys", "exceptKeys", "anchors", "expressions",
        "reach", "fromLineStart", "ignoreCase", "pattern", "shape", "notBehind", "inCommand", "operands", "inPath",
        "paths",
        "validators", "entropy",
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
            notBehind: try pattern("notBehind", of: fields, ignoringCase: false, isKnown: wasRead),
            isInCommand: try fields.flag("inCommand"),
            hasOperands: try fields.flag("operands"),
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
                "one of its expressions is invalid, or matches nothing or texts of different lengths",
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

    /// The maximum number of bytes before an anchor at which a pattern may start; each is tried.
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
