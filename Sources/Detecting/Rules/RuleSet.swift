internal import Sodium

/// The rules of a scan.
public struct RuleSet: Sendable {
    /// The built-in rules.
    ///
    /// They are compiled into the program; a test reads them and runs their examples.
    public static let builtIn = loaded(store: nil)

    /// Returns the built-in rules from `store`, without their examples and sources.
    package static func builtIn(store: any CompiledStore) -> RuleSet { loaded(store: store) }

    private static func loaded(store: (any CompiledStore)?) -> RuleSet {
        let files = EmbeddedData.rules.concurrentMap { bytes in
            Result { () throws(RuleLoader.LoadError) in
                guard let store else { return try RuleLoader.load(bytes) }
                return try RuleLoader.load(bytes, store: store)
            }
        }
        do throws(RuleLoader.LoadError) {
            var rules: [Rule] = []
            for file in files { rules += try file.get() }
            return RuleSet(rules)
        } catch {
            preconditionFailure("the built-in rules cannot be read: \(error.message)")
        }
    }

    /// Returns the built-in rules that apply only if the owner's policy enables them.
    package static func timeZones(of policy: PolicyFile) -> [Rule] {
        guard policy.timeZone == .replace else { return [] }
        do throws(RuleLoader.LoadError) {
            return try RuleLoader.load(EmbeddedData.timeZones)
        } catch {
            preconditionFailure("the rules about time zones cannot be read: \(error.message)")
        }
    }

    /// The rules, in the order in which they are tried.
    public let rules: [Rule]

    /// Makes a set of `rules`.
    public init(_ rules: [Rule]) { self.rules = rules }

    /// Returns the set with additional rules, which take precedence for the same setting.
    public func adding(_ rules: [Rule]) -> RuleSet { RuleSet(rules + self.rules) }

    /// The rule with an id.
    public func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }

    /// Returns the rules for whole settings, loaded from `store` under a hash of `source`, or else made by `make` and
    /// stored.
    package static func settings(
        madeFrom source: [UInt8],
        store: (any CompiledStore)?,
        make: () throws -> [(setting: String, kind: Kind, summary: String)]
    ) throws -> [Rule] {
        let name = "settings-" + BLAKE2b.hash(source).hex
        if let kept = store?.contents(of: name), let root = SettingTree(serialized: kept) {
            let rules = root.elements.compactMap { entry -> Rule? in
                guard let setting = entry["setting"]?.text, let kind = entry["kind"]?.text.flatMap(Kind.init(rawValue:))
                else { return nil }
                return Rule(setting: setting, kind: kind, summary: entry["summary"]?.text ?? "")
            }
            if rules.count == root.elements.count { return rules }
        }
        let settings = try make()
        var root = SettingTree()
        for (index, setting) in settings.enumerated() {
            var entry = SettingTree()
            entry.add(SettingTree(text: setting.setting), named: "setting")
            entry.add(SettingTree(text: setting.kind.rawValue), named: "kind")
            entry.add(SettingTree(text: setting.summary), named: "summary")
            root.add(entry, named: String(index))
        }
        store?.keep(root.serialized(), as: name)
        return settings.map { Rule(setting: $0.setting, kind: $0.kind, summary: $0.summary) }
    }
}
