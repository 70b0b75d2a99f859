internal import Collecting
internal import Detecting

/// Messages about a policy.
enum PolicySummary {
    /// Prints a line with the number of decisions of each sort.
    static func write(_ policy: PolicyFile, to console: Console) {
        var parts: [String] = []
        func add(_ count: Int, _ noun: String, plural: String? = nil, _ what: String = "") {
            if count > 0 { parts.append(Count.of(count, noun, plural: plural) + what) }
        }
        let (one, several) = ("name or value", "names and values")
        add(policy.rules.count, "rule")
        add(policy.keep.domains.count + policy.keep.values.count, one, plural: several, " kept")
        add(policy.replace.domains.count + policy.replace.values.count, one, plural: several, " replaced")
        add(policy.sensitive.count, "sensitive word")
        add(policy.actions.count, "action")
        add(policy.include.patterns.count, "pattern", " to include")
        add(policy.exclude.patterns.count, "pattern", " to exclude")
        add(policy.parameters.count, "parameter")
        console.say(parts.isEmpty ? "valid, but empty" : "valid: " + parts.joined(separator: ", "))
    }
}
