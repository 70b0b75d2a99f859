public import Collecting
internal import Documents

/// The owner's decisions about a deployment, as the `.scrubjay.yml` at its root has them.
///
/// A field that is not known is refused, so that no decision is overlooked.
public struct PolicyFile: Hashable, Sendable {
    /// The name of the file, at the root of what is scanned.
    public static let name = ".scrubjay.yml"

    /// The rules that the owner adds to those that come with Scrubjay.
    public var rules: [Rule]

    /// The files that a scan leaves alone.
    public var exclude: PathExclusion

    /// Makes a policy; without arguments it is the one of an owner who has decided nothing.
    public init(rules: [Rule] = [], exclude: PathExclusion = PathExclusion()) {
        self.rules = rules
        self.exclude = exclude
    }

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
            exclude = try Self.exclusion(in: root)
            for rule in rules { try Self.check(rule) }
        } catch {
            throw PolicyError(at: path, rule: error.rule, error.message)
        }
    }

    private static let fields = ["rules", "exclude"]

    /// The patterns of the field `exclude`, a list of texts.
    private static func exclusion(in root: SettingTree) throws(RuleLoader.LoadError) -> PathExclusion {
        guard let list = root["exclude"] else { return PathExclusion() }
        guard list.isList, list.texts.count == list.elements.count else {
            throw RuleLoader.LoadError(message: "'exclude' is no list of patterns")
        }
        var exclusion = PathExclusion()
        for text in list.texts {
            do throws(PathPattern.SyntaxError) {
                exclusion.patterns.append(try PathPattern(text))
            } catch {
                throw RuleLoader.LoadError(message: "'exclude': \(error.message)")
            }
        }
        return exclusion
    }

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
