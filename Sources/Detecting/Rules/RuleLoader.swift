internal import Documents
internal import Sodium

/// Reads rules from YAML.
enum RuleLoader {
    /// Why rules cannot be read.
    struct LoadError: Error, Hashable, Sendable {
        /// What is wrong, in one lower-case sentence with the rule's id.
        var message: String
    }

    /// Reads the rules of a file, in its order.
    static func load(_ bytes: [UInt8]) throws(LoadError) -> [Rule] {
        try rules(in: SettingTree.read(bytes))
    }

    /// Reads the rules of a file without their examples, from what `store` kept of it where it has.
    static func load(_ bytes: [UInt8], store: any CompiledStore) throws(LoadError) -> [Rule] {
        let name = "rules-" + BLAKE2b.hash(bytes).hex
        if let kept = store.contents(of: name), let root = SettingTree(serialized: kept) { return try rules(in: root) }
        let root = try SettingTree.read(bytes)
        store.keep(root.serialized(without: ["examples", "counterexamples", "source"]), as: name)
        return try rules(in: root)
    }

    private static func rules(in root: SettingTree) throws(LoadError) -> [Rule] {
        var rules: [Rule] = []
        for entry in root["rules"]?.elements ?? [] { rules.append(try rule(entry)) }
        return rules
    }

    private static func rule(_ entry: SettingTree) throws(LoadError) -> Rule {
        guard let id = entry["id"]?.text else { throw LoadError(message: "a rule has no id") }
        func fail(_ message: String) -> LoadError { LoadError(message: "rule \(id): \(message)") }
        guard let kind = entry["kind"]?.text.flatMap(Kind.init(rawValue:)) else { throw fail("its kind is not known") }
        guard let confidence = entry["confidence"]?.text.flatMap(Confidence.init(rawValue:)) else {
            throw fail("its confidence is not known")
        }
        guard let summary = entry["summary"]?.text else { throw fail("it has no summary") }
        let known: Set<String> = [
            "id", "kind", "confidence", "summary", "source", "settings", "keys", "exceptKeys", "anchors", "expressions",
            "reach",
            "fromLineStart", "ignoreCase", "pattern", "shape",
            "inPath", "paths", "validators", "examples", "counterexamples",
        ]
        if let unknown = entry.names.first(where: { !known.contains($0) }) { throw fail("it has a field \(unknown)") }
        let ignoresCase = entry["ignoreCase"]?.text == "true"
        func pattern(_ field: String, ignoringCase: Bool) throws(LoadError) -> Pattern? {
            guard let source = entry[field]?.text else { return nil }
            do {
                return try Pattern(source, ignoringCase: ignoringCase)
            } catch {
                throw fail("its \(field) cannot be used: \(error.message)")
            }
        }
        var shape: Rule.Shape?
        if let name = entry["shape"]?.text {
            shape = Rule.Shape(rawValue: name)
            if shape == nil { throw fail("its shape is not known") }
        }
        var validators: [Validator] = []
        for name in entry["validators"]?.texts ?? [] {
            guard let validator = Validator(rawValue: name) else { throw fail("its validator \(name) is not known") }
            validators.append(validator)
        }
        let expressions = entry["expressions"]?.texts ?? []
        for expression in expressions where Pattern.fixedLength(of: expression) == nil {
            throw fail("an expression of it matches texts of different lengths, or cannot be read")
        }
        let rule = Rule(
            id: id,
            kind: kind,
            confidence: confidence,
            summary: summary,
            source: entry["source"]?.text,
            settings: entry["settings"]?.texts ?? [],
            keys: entry["keys"]?.texts ?? [],
            exceptKeys: entry["exceptKeys"]?.texts ?? [],
            anchors: entry["anchors"]?.texts ?? [],
            expressions: expressions,
            reach: entry["reach"]?.text.flatMap { Int($0) } ?? 0,
            fromLineStart: entry["fromLineStart"]?.text == "true",
            ignoresCase: ignoresCase,
            pattern: try pattern("pattern", ignoringCase: ignoresCase),
            shape: shape,
            readsPath: entry["inPath"]?.text == "true",
            paths: try pattern("paths", ignoringCase: false),
            validators: validators,
            examples: examples(entry["examples"]),
            counterexamples: examples(entry["counterexamples"])
        )
        let isSetting = !rule.settings.isEmpty || !rule.keys.isEmpty
        guard isSetting || rule.shape != nil || rule.readsPath || !rule.anchors.isEmpty || !rule.expressions.isEmpty
        else {
            throw fail("it says nowhere to look: no settings, keys, anchors, shape or inPath")
        }
        if rule.pattern == nil, rule.readsPath || !rule.anchors.isEmpty || !rule.expressions.isEmpty {
            throw fail("it has no pattern")
        }
        return rule
    }

    private static func examples(_ entry: SettingTree?) -> [Rule.Example] {
        (entry?.elements ?? []).map { element in
            Rule.Example(
                path: element["path"]?.text ?? "example.txt",
                text: element["text"]?.text ?? element.text ?? ""
            )
        }
    }
}
