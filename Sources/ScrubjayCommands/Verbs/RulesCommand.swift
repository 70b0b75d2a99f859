internal import ArgumentParser
internal import Detecting
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay rules`.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Show and check the rules by which a scan decides.",
        subcommands: [List.self, Show.self, Check.self]
    )

    /// `scrubjay rules list`.
    struct List: Verb {
        static let configuration = CommandConfiguration(abstract: "List the rules, a line each.")

        @Option(help: "How to write them: text, a line each, or markdown, the whole reference.")
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

                In the examples, a mask in ‹ › stands for the value, and {} for nothing.
                """
        )

        @Argument(help: "The rule's id, as a finding names it.")
        var id: String

        @Option(
            help: ArgumentHelp(
                "The policy that has rules of your own.",
                discussion: "Without it, the .scrubjay.yml of the current folder, if there is one.",
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
                    "there is no rule with the id '\(id)'",
                    hint: NearestNames.question(about: id, among: rules.map(\.id))
                        ?? "'scrubjay rules list' shows them all"
                )
            }
            RuleText.write(rule, to: console)
            return .success
        }
    }

    /// `scrubjay rules check`.
    struct Check: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Run the examples of rules, and say which fail.",
            discussion: """
                Examples:
                  scrubjay rules check                   those that come with Scrubjay
                  scrubjay rules check .scrubjay.yml     your own

                Exit status: 0 all are borne out; 1 one is not; 2 the file cannot be read, or a rule in it is
                malformed.
                """
        )

        @Argument(help: "A file with rules, such as .scrubjay.yml; without it, those that come with Scrubjay.")
        var file: String?

        func run(console: Console) throws -> ExitStatus {
            let outcome = try RuleReference.check(file: file.map { FilePath($0) })
            for failure in outcome.failures { console.print("\(failure.rule): \(failure.message)") }
            let verdict =
                switch (outcome.failures.count, outcome.exampleCount) {
                case (0, 0): "there is nothing to run"
                case (0, _): "all are borne out"
                case (let failures, _): Count.of(failures, "failure")
                }
            console.say(
                "\(Count.of(outcome.ruleCount, "rule")), \(Count.of(outcome.exampleCount, "example")): \(verdict)"
            )
            return outcome.failures.isEmpty ? .success : .answerIsNo
        }
    }
}

/// The format of the list of rules.
enum RuleListFormat: String, ExpressibleByArgument, CaseIterable {
    case text, markdown
}
