/// The releases from one to another, both included.
public struct ReleaseRange: Hashable, Sendable {
    /// The first release.
    public var since: Release
    /// The last release; nil where the newest still belongs to them.
    public var until: Release?

    /// Whether a release is one of them.
    func contains(_ release: Release) -> Bool { since <= release && (until.map { release <= $0 } ?? true) }

    /// Whether some release is one of both.
    func overlaps(_ other: ReleaseRange) -> Bool { contains(other.since) || other.contains(since) }
}

extension ReleaseRange: CustomStringConvertible {
    /// The releases, for people: `stable-3508 to stable-4416`.
    public var description: String { until.map { "\(since) to \($0)" } ?? "\(since) and later" }
}
