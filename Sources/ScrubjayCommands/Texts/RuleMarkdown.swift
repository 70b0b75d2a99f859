internal import Detecting

/// Writes the rule reference, `docs/rules.md`.
enum RuleMarkdown {
    /// The whole page.
    static func reference(of rules: [Rule]) -> String {
        var page = """
            # The rules

            Generated from the rules by `scripts/build-rule-reference`; do not edit. `scrubjay rules show ID` shows one rule. In the
            examples, ‹ › marks the masked value, and `{}` stands for nothing: it keeps other scanners from taking the
            counter-examples for real tokens.

            There are \(rules.count) rules for \(Kind.allCases.count) kinds of values:

            | kind | severity | rules |
            |---|---|---|

            """
        for kind in Kind.allCases {
            let count = rules.count { $0.kind == kind }
            page += "| `\(kind.rawValue)` | \(kind.severity.rawValue) | \(count) |\n"
        }
        for kind in Kind.allCases {
            let ofKind = rules.filter { $0.kind == kind }
            guard !ofKind.isEmpty else { continue }
            page += "\n## `\(kind.rawValue)`\n"
            for rule in ofKind { page += "\n" + section(of: rule) }
        }
        return page
    }

    private static func section(of rule: Rule) -> String {
        var text = "### \(rule.id)\n\n"
        text +=
            "\(rule.summary.prefix(1).uppercased() + rule.summary.dropFirst()), with \(rule.confidence.rawValue) confidence."
        if let source = rule.source { text += " Source: \(source.hasPrefix("http") ? "<\(source)>" : source)." }
        text += "\n\n"
        for fact in rule.facts {
            text += "- \(fact.label): \(fact.texts.map { fact.isLiteral ? code($0) : $0 }.joined(separator: ", "))\n"
        }
        for example in rule.examples { text += "- finds: \(code(example.masked(as: rule.kind)))\n" }
        for example in rule.counterexamples { text += "- ignores: \(code(example.text))\n" }
        return text
    }

    /// Returns a code span, fenced by more backticks than the text contains.
    private static func code(_ text: String) -> String {
        let text = Printable.text(text)
        var fence = "`"
        while text.contains(fence) { fence += "`" }
        let needsBlank = text.hasPrefix("`") || text.hasSuffix("`")
        return needsBlank ? "\(fence) \(text) \(fence)" : "\(fence)\(text)\(fence)"
    }
}
