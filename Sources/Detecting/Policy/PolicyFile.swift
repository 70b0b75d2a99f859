internal import Documents

/// The owner's decisions about a deployment, as the `.scrubjay.yml` at its root has them.
///
/// A field that is not known is refused, so that no decision is overlooked.
public struct PolicyFile: Hashable, Sendable {
    /// The name of the file, at the root of what is scanned.
    public static let name = ".scrubjay.yml"

    /// The rules that the owner adds to those that come with Scrubjay.
    public var rules: [Rule]

    /// Makes a policy; without arguments it is the one of an owner who has decided nothing.
    public init(rules: [Rule] = []) { self.rules = rules }

    /// Reads a policy.
    ///
    /// - Parameters:
    ///   - bytes: the YAML text.
    ///   - path: the file's path, for errors.
    /// - Throws: ``PolicyError``.
    public init(reading bytes: [UInt8], path: String) throws(PolicyError) {
        do throws(RuleLoader.LoadError) {
            let root = try SettingTree.read(bytes)
            if let unknown = root.names.first(where: { !Self.fields.contains($0) }) {
                throw RuleLoader.LoadError(
                    message:
                        "it has a field '\(unknown)', which is not known; known is \(Self.fields.joined(separator: ", "))"
                )
            }
            if let text = root.text, !text.isEmpty { throw RuleLoader.LoadError(message: "it has no fields") }
            rules = try RuleLoader.rules(in: root)
            for rule in rules { try Self.check(rule) }
        } catch {
            throw PolicyError(at: path, rule: error.rule, error.message)
        }
    }

    private static let fields = ["rules"]

    /// Refuses what vectorscan will not search for, rule by rule, so that the error can name it.
    private static func check(_ rule: Rule) throws(RuleLoader.LoadError) {
        do throws(PatternDatabase.CompileError) {
            _ = try RuleIndex(RuleSet([rule]))
        } catch {
            throw RuleLoader.LoadError(
                rule: rule.id,
                message: "an anchor or expression of it cannot be searched for: \(error.message)"
            )
        }
    }
}
