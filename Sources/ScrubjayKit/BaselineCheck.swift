internal import Detecting

/// Compares the findings of a scan with a baseline, and remembers which entries still hold.
struct BaselineCheck {
    /// What an entry accepts, whatever rule says so: which one finds a value in one file may depend on the other files.
    private struct Value: Hashable {
        var path: String
        var fingerprint: String
    }

    private let baseline: Baseline?
    private let accepted: [Value: [Baseline.Entry]]
    private var matched: Set<Baseline.Entry> = []
    /// What a scan reports beyond the baseline.
    private(set) var reported: Set<Baseline.Entry> = []

    /// Whether what is reported is taken down.
    let remembers: Bool

    /// Prepares to compare with `baseline`; what is reported is taken down only where it `remembers`, since a tree may have
    /// half a million findings.
    init(_ baseline: Baseline?, remembers: Bool) {
        self.baseline = baseline
        accepted = Dictionary(grouping: baseline?.accepted ?? []) { Value(path: $0.path, fingerprint: $0.fingerprint) }
        self.remembers = remembers
    }

    /// Whether the finding was accepted before.
    mutating func accepts(_ finding: Finding) -> Bool {
        guard let entries = accepted[Value(path: finding.path, fingerprint: finding.fingerprint)] else { return false }
        matched.formUnion(entries)
        return true
    }

    /// Takes down what is reported; false where an equal entry was taken down before.
    mutating func report(_ entry: Baseline.Entry) -> Bool { reported.insert(entry).inserted }

    /// The entries that matched nothing, of those whose files the scan has looked at or missed.
    func stale(where isCovered: (String) -> Bool) -> Set<Baseline.Entry> {
        (baseline?.accepted ?? []).subtracting(matched).filter { isCovered($0.path) }
    }

    /// What a new baseline accepts.
    func updated(without stale: Set<Baseline.Entry>) -> Set<Baseline.Entry> {
        (baseline?.accepted ?? []).subtracting(stale).union(reported)
    }
}
