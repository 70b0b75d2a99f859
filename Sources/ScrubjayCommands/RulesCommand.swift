internal import ArgumentParser
internal import Detecting
internal import ScrubjayKit

/// `scrubjay rules`.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Show the rules by which a scan decides.",
        subcommands: [List.self, Show.self]
    )

    /// `scrubjay rules list`.
    struct List: Verb {
        static let configuration = CommandConfiguration(abstract: "List the rules, a line each.")

        func run(console: Console) throws -> ExitStatus {
            let rules = try RuleReference.rules()
            let width = rules.map(\.id.utf8.count).max() ?? 0
            for rule in rules {
                let padding = String(repeating: " ", count: width - rule.id.utf8.count)
                console.print("\(rule.id)\(padding)  \(rule.kind.rawValue): \(rule.summary)")
            }
            return .success
        }
    }

    /// `scrubjay rules show`.
    struct Show: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Show one rule with its examples.",
            discussion: "Example:\n  scrubjay rules show setting-jvb-auth-password"
        )

        @Argument(help: "The rule's id, as a finding names it.")
        var id: String

        func run(console: Console) throws -> ExitStatus {
            guard let rule = try RuleReference.rules().first(where: { $0.id == id }) else {
                throw KitError(
                    .unsuitable,
                    "there is no rule with the id '\(id)'",
                    hint: "'scrubjay rules list' shows them all"
                )
            }
            console.print("\(rule.id): \(rule.summary)")
            console.print("kind:       \(rule.kind.rawValue), severity \(rule.kind.severity.rawValue)")
            console.print("confidence: \(rule.confidence.rawValue)")
            if let source = rule.source { console.print("source:     \(source)") }
            if !rule.settings.isEmpty { console.print("settings:   \(rule.settings.joined(separator: ", "))") }
            if !rule.keys.isEmpty { console.print("keys:       \(rule.keys.joined(separator: ", "))") }
            for example in rule.examples { console.print("finds:      \(Printable.text(example.text))") }
            for example in rule.counterexamples { console.print("passes:     \(Printable.text(example.text))") }
            return .success
        }
    }
}
