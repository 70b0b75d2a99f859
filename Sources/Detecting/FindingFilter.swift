/// Which findings somebody wants to see.
public struct FindingFilter: Hashable, Sendable {
    /// The ids of the rules; empty for all.
    public var rules: Set<String>
    /// The kinds; empty for all.
    public var kinds: Set<Kind>
    /// The least severity.
    public var minimumSeverity: Severity

    /// Makes a filter; without arguments it admits everything.
    public init(rules: Set<String> = [], kinds: Set<Kind> = [], minimumSeverity: Severity = .infrastructure) {
        self.rules = rules
        self.kinds = kinds
        self.minimumSeverity = minimumSeverity
    }

    /// Whether the finding is wanted.
    public func admits(_ finding: Finding) -> Bool {
        (rules.isEmpty || rules.contains(finding.rule)) && (kinds.isEmpty || kinds.contains(finding.kind))
            && finding.severity >= minimumSeverity
    }
}
