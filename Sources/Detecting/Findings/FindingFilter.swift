/// Selects findings.
public struct FindingFilter: Hashable, Sendable {
    /// The ids of the rules; empty for all.
    public var rules: Set<String>
    /// The kinds; empty for all.
    public var kinds: Set<Kind>
    /// The minimum severity.
    public var minimumSeverity: Severity

    /// Makes a filter; by default it admits everything.
    public init(rules: Set<String> = [], kinds: Set<Kind> = [], minimumSeverity: Severity = .infrastructure) {
        self.rules = rules
        self.kinds = kinds
        self.minimumSeverity = minimumSeverity
    }

    /// Whether the finding is selected.
    public func admits(_ finding: Finding) -> Bool {
        (rules.isEmpty || rules.contains(finding.rule)) && (kinds.isEmpty || kinds.contains(finding.kind))
            && finding.severity >= minimumSeverity
    }
}
