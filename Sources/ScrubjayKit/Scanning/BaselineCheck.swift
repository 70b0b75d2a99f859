internal import Detecting

/// Compares the findings of a scan with a baseline, and remembers which entries still hold.
struct BaselineCheck {
    /// A value that an entry accepts, whichever rule found it: which rule finds a value may depend on the other files.
    private struct Value: Hashable {
        var path: String
        var fingerprint: String
    }

    private let baseline: Baseline?
    private let accepted: [Value: [Baseline.Entry]]
    private var matched: Set<Baseline.Entry> = []
    /// The findings reported by the scan that the baseline does not accept.
    private(set) var reported: Set<Baseline.Entry> = []

    /// Whether reported findings are recorded.
    let remembers: Bool

    /// Prepares to compare findings with `baseline`.
    ///
    /// Reported findings are recorded only if `remembers` is set, because a tree may have half a million of them.
    init(_ baseline: Baseline?, remembers: Bool) {
        self.baseline = baseline
        accepted = Dictionary(grouping: baseline?.accepted ?? []) { Value(path: $0.path, fingerprint: $0.fingerprint) }
        self.remembers = remembers
    }

    /// Whether the baseline accepts a finding.
    mutating func accepts(_ finding: Finding) -> Bool {
        guard let entries = accepted[Value(path: finding.path, fingerprint: finding.fingerprint)] else { return false }
        matched.formUnion(entries)
        return true
    }

    /// Records a reported finding.
    ///
    /// - Returns: false if an equal one was recorded before.
    mutating func report(_ entry: Baseline.Entry) -> Bool { reported.insert(entry).inserted }

    /// Returns the entries that matched nothing, in files that the scan covered or found missing.
    func stale(where isCovered: (String) -> Bool) -> Set<Baseline.Entry> {
        (baseline?.accepted ?? []).subtracting(matched).filter { isCovered($0.path) }
    }

    /// Returns the entries of an updated baseline.
    func updated(without stale: Set<Baseline.Entry>) -> Set<Baseline.Entry> {
        (baseline?.accepted ?? []).subtracting(stale).union(reported)
    }
}
