internal import ArgumentParser
internal import Detecting
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay rules`.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Show and check the detection rules.",
        subcommands: [List.self, Show.self, Check.self]
    )

    /// `scrubjay rules list`.
    struct List: Verb {
        static let configuration = CommandConfiguration(abstract: "List the rules, one per line.")

        @Option(help: "Output format: one rule per line, or the full reference in Markdown.")
        var format = RuleListFormat.text

        func run(console: Console) throws -> ExitStatus {
            let rules = try RuleReference.rules()
            switch format {
            case .text: RuleText.writeList(rules, to: console)
            case .markdown: console.output(Array(RuleMarkdown.reference(of: rules).utf8))
            }
            return .success
        }
    }

    /// `scrubjay rules show`.
    struct Show: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Show one rule: what it finds, where it looks, and examples.",
            discussion: """
                Example:
                  scrubjay rules show setting-jvb-auth-password

                In the examples, ‹ › marks the masked value, and {} stands for nothing.
                """
        )

        @Argument(help: "The rule's id, as shown in a finding.")
        var id: String

        @Option(
            help: ArgumentHelp(
                "The policy file with your own rules.",
                discussion: "Default: .scrubjay.yml in the current folder, if there is one.",
                valueName: "file"
            )
        )
        var policy: String?

        func run(console: Console) throws -> ExitStatus {
            let policy = try policy.map { try PolicyFile(file: FilePath($0)) } ?? PolicyFile(of: ".")
            let rules = try RuleReference.rules(with: policy)
            guard let rule = rules.first(where: { $0.id == id }) else {
                throw KitError(
                    .usage,
                    "no rule has the id '\(id)'",
                    hint: NearestNames.question(about: id, among: rules.map(\.id))
                        ?? "see 'scrubjay rules list'"
                )
            }
            RuleText.write(rule, to: console)
            return .success
        }
    }

    /// `scrubjay rules check`.
    struct Check: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Run the examples of the rules, and report which fail.",
            discussion: """
                Examples:
                  scrubjay rules check                   the built-in rules
                  scrubjay rules check .scrubjay.yml     your own rules

                Exit status: 0 all examples pass; 1 some fail; 2 the file cannot be read, or a rule in it is \
                malformed.
                """
        )

        @Argument(help: "A file with rules, such as .scrubjay.yml. Default: the built-in rules.")
        var file: String?

        func run(console: Console) throws -> ExitStatus {
            let outcome = try RuleReference.check(file: file.map { FilePath($0) })
            for failure in outcome.failures { console.print("\(failure.rule): \(failure.message)") }
            let verdict =
                switch (outcome.failures.count, outcome.exampleCount) {
                case (0, 0): "nothing to check"
                case (0, _): "all examples pass"
                case (let failures, _): Count.of(failures, "failure")
                }
            console.say(
                "\(Count.of(outcome.ruleCount, "rule")), \(Count.of(outcome.exampleCount, "example")): \(verdict)"
            )
            return outcome.failures.isEmpty ? .success : .answerIsNo
        }
    }
}
