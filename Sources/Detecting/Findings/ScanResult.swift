/// The result of a scan.
public struct ScanResult: Sendable {
    /// The findings, by path, then by place; findings in a path precede those in its text.
    public let findings: [Finding]
    /// The values found, without duplicates.
    ///
    /// They hold the actual values, for Sanitizing and Rotating, and cannot be printed. They include derived forms,
    /// kept values, and the words of the policy, whether or not they occur.
    public let values: [KnownValue]
    /// For each finding, the index in `values` of its identifying part or, without one, of its value.
    public let valueIndices: [Int]
    /// For each finding, the index of its document among the scanned ones; two documents may have the same path.
    public let documentIndices: [Int]
    /// The findings that the owner keeps, by path, then by place.
    public let kept: [KeptFinding]
    /// The indices of the values that are kept everywhere, including their derived forms.
    public let keptValues: Set<Int>

    package init(
        findings: [Finding],
        values: [KnownValue],
        valueIndices: [Int],
        documentIndices: [Int],
        kept: [KeptFinding] = [],
        keptValues: Set<Int> = []
    ) {
        self.kept = kept
        self.keptValues = keptValues
        self.findings = findings
        self.values = values
        self.valueIndices = valueIndices
        self.documentIndices = documentIndices
    }

    /// The value of the finding at `index`.
    public func value(ofFinding index: Int) -> KnownValue { values[valueIndices[index]] }
}
