internal import Detecting

/// Prints rules on a terminal.
enum RuleText {
    /// Prints a line for each rule.
    static func writeList(_ rules: [Rule], to console: Console) {
        let width = rules.map(\.id.utf8.count).max() ?? 0
        for rule in rules {
            let padding = String(repeating: " ", count: width - rule.id.utf8.count)
            console.print("\(rule.id)\(padding)  \(rule.kind.rawValue): \(rule.summary)")
        }
    }

    /// Prints all facts about a rule.
    static func write(_ rule: Rule, to console: Console) {
        console.print("\(rule.id): \(rule.summary)")
        var lines: [(label: String, text: String)] = [
            ("kind", "\(rule.kind.rawValue), severity \(rule.kind.severity.rawValue)"),
            ("confidence", rule.confidence.rawValue),
        ]
        if let source = rule.source { lines.append(("source", source)) }
        for fact in rule.facts { lines.append((fact.label, fact.texts.joined(separator: ", "))) }
        for example in rule.examples { lines.append(("finds", example.masked(as: rule.kind))) }
        for example in rule.counterexamples { lines.append(("ignores", example.text)) }
        let width = lines.map(\.label.utf8.count).max() ?? 0
        for line in lines {
            let padding = String(repeating: " ", count: width - line.label.utf8.count)
            console.print("\(line.label):\(padding) \(Printable.text(line.text))")
        }
    }
}
