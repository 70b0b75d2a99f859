extension Rule {
    /// One property of a rule, for the rule reference.
    public struct Fact: Hashable, Sendable {
        /// The name of the property, such as `anchors`.
        public var label: String
        /// The values of the property.
        public var texts: [String]
        /// Whether the texts are names and patterns rather than phrases.
        public var isLiteral: Bool
    }

    /// The places to which the rule applies and its requirements for a value, for the rule reference.
    public var facts: [Fact] {
        var facts: [Fact] = []
        func say(_ label: String, _ texts: [String], isLiteral: Bool = true) {
            if !texts.isEmpty { facts.append(Fact(label: label, texts: texts, isLiteral: isLiteral)) }
        }
        say("files", paths.map { [$0.source] } ?? [])
        say("settings", settings)
        say("names ending in", keys)
        say("but not", exceptKeys)
        say(readsPath ? "in the path" : "near", anchors + expressions)
        say("pattern", pattern.map { [$0.source] } ?? [])
        say("not behind", notBehind.map { [$0.source] } ?? [])
        say("ends", isInCommand ? ["where a shell word ends"] : [], isLiteral: false)
        say("shape", shape.map { [$0.rawValue] } ?? [])
        if ignoresCase { say("letters", ["of either case"], isLiteral: false) }
        say("only if", validators.map(\.meaning), isLiteral: false)
        say("entropy", minimumEntropy.map { ["\($0) bits per character or more"] } ?? [], isLiteral: false)
        say("checksum", checksum.map { [$0.meaning] } ?? [], isLiteral: false)
        return facts
    }
}
