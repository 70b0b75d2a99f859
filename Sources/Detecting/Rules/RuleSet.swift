/// The rules of a scan.
public struct RuleSet: Sendable {
    /// The rules that come with Scrubjay.
    ///
    /// They are compiled in; a test reads them and runs their examples.
    public static let builtIn: RuleSet = {
        do throws(RuleLoader.LoadError) {
            return RuleSet(
                try RuleLoader.load(PackageResources.rules_yml) + RuleLoader.load(PackageResources.tokens_yml)
            )
        } catch {
            preconditionFailure("the built-in rules cannot be read: \(error.message)")
        }
    }()

    /// The rules, in the order in which they are tried.
    public let rules: [Rule]

    /// Makes a set of `rules`.
    public init(_ rules: [Rule]) { self.rules = rules }

    /// The set with further rules, which go before the ones at hand where they name the same setting.
    public func adding(_ rules: [Rule]) -> RuleSet { RuleSet(rules + self.rules) }

    /// The rule of that id.
    public func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }
}
