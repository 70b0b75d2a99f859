internal import Collecting
public import Detecting
public import SystemPackage

/// The rules of a scan, for listing and checking.
public enum RuleReference {
    /// The result of running the examples of rules.
    public struct Outcome: Sendable {
        /// The number of rules.
        public var ruleCount: Int
        /// The number of examples and counter-examples.
        public var exampleCount: Int
        /// The failures, in order of the rules.
        public var failures: [RuleCheck.Failure]
    }

    /// Returns all rules: the owner's, those of Jitsi settings, then the built-in ones.
    ///
    /// - Parameter policy: the owner's decisions.
    /// - Returns: the rules, in the order in which they are tried.
    /// - Throws: ``PolicyError`` if a rule of the owner has the id of another; ``RotationError`` if the catalogue
    ///   cannot be read.
    public static func rules(with policy: PolicyFile = PolicyFile()) throws -> [Rule] {
        try Rules.standard(with: policy).rules
    }

    /// Runs the examples of the rules in a file, or of Scrubjay's own rules.
    ///
    /// Rules from a file are tried together with Scrubjay's, and replace those with the same ids.
    ///
    /// - Parameter file: a file in the form of `.scrubjay.yml`; nil for Scrubjay's own rules.
    /// - Returns: the numbers of rules and examples, and the failures.
    /// - Throws: ``CollectingError`` if the file cannot be read; ``PolicyError`` if it is malformed.
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
