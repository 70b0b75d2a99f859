/// What a scan found.
public struct ScanResult: Sendable {
    /// The findings, by path, then by place; findings in a path go before those in its text.
    public let findings: [Finding]
    /// The values that were found, without duplicates.
    ///
    /// They hold the values themselves, for Sanitizing and Rotating, and cannot be printed. Derived forms are among
    /// them, values that are kept, and the words of the policy, whether they stand somewhere or not.
    public let values: [KnownValue]
    /// For each finding, the index of its value in `values`; of a finding with an identifying part, that of the part.
    public let valueIndices: [Int]
    /// For each finding, the index of its document among those that were scanned; two of them may have one path.
    public let documentIndices: [Int]
    /// What the owner lets stand, by path, then by place.
    public let kept: [KeptFinding]
    /// The indices of the values that stay wherever they stand, with their derived forms.
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
