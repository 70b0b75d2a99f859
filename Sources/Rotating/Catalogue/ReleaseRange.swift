/// The releases from one to another, both included.
public struct ReleaseRange: Hashable, Sendable {
    /// The first release.
    public var since: Release
    /// The last release; nil if the newest is included.
    public var until: Release?

    /// Whether a release is in the range.
    func contains(_ release: Release) -> Bool { since <= release && (until.map { release <= $0 } ?? true) }

    /// Whether two ranges share a release.
    func overlaps(_ other: ReleaseRange) -> Bool { contains(other.since) || other.contains(since) }
}

extension ReleaseRange: CustomStringConvertible {
    /// The releases as text: `stable-3508 to stable-4416`.
    public var description: String { until.map { "\(since) to \($0)" } ?? "\(since) and later" }
}
