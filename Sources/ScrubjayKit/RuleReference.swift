internal import Collecting
public import Detecting
public import SystemPackage

/// The rules that a scan uses, for those who want to read or to check them.
public enum RuleReference {
    /// What came of running the examples of rules.
    public struct Outcome: Sendable {
        /// How many rules were looked at.
        public var ruleCount: Int
        /// How many examples and counter-examples they have.
        public var exampleCount: Int
        /// What fails, in the order of the rules.
        public var failures: [RuleCheck.Failure]
    }

    /// All of them: those of the owner, those of Jitsi settings, then the built-in ones.
    ///
    /// - Parameter policy: the owner's decisions.
    /// - Returns: the rules, in the order in which they are tried.
    /// - Throws: ``PolicyError`` where a rule of the owner has the id of another; ``RotationError`` where the catalogue
    ///   cannot be read.
    public static func rules(with policy: PolicyFile = PolicyFile()) throws -> [Rule] {
        try Rules.standard(with: policy).rules
    }

    /// Runs all examples of the rules of a file, or of those that come with Scrubjay.
    ///
    /// The rules of a file are tried beside those that come with Scrubjay, and take the place of those that have their
    /// ids.
    ///
    /// - Parameter file: a file in the form of `.scrubjay.yml`; nil for the rules that come with Scrubjay.
    /// - Returns: what was run, and what failed.
    /// - Throws: ``CollectingError`` where the file cannot be read; ``PolicyError`` where it is malformed.
    public static func check(file: FilePath?) throws -> Outcome {
        var rules = RuleSet.builtIn.rules
        var others: [Rule] = []
        if let file {
            rules = try PolicyFile(
                reading: Deployment.contents(ofFile: file, atMost: PolicyFile.longest),
                path: file.string
            ).rules
            let ids = Set(rules.map(\.id))
            others = RuleSet.builtIn.rules.filter { !ids.contains($0.id) }
        }
        let check = try RuleCheck(RuleSet(rules + others))
        return Outcome(
            ruleCount: rules.count,
            exampleCount: rules.reduce(0) { $0 + $1.examples.count + $1.counterexamples.count },
            failures: rules.flatMap { check.failures(of: $0.id) }
        )
    }
}
