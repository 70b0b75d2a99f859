public import Detecting

/// What stays in a sanitized tree because its owner says so.
public struct Keeping: Sendable {
    /// At how many places something stays, by the reason.
    public var places: [Decisions.Reason: Int] = [:]
    /// What is published about it, so that others know what to expect.
    public var published: [ParameterFile.Kept] = []
    /// What stays wherever it stands, for the residue check.
    public var values: [ResidueCheck.Value] = []
    /// The positions of values in the plan that stay in some files, by the sanitized paths of those.
    public var exceptions: [String: Set<Int>] = [:]
    /// The sanitized paths, by which the second scan knows what the policy says of each file.
    public var sourcePaths: [String: String] = [:]

    /// Keeps nothing.
    public init() {}

    /// Takes together what a scan says is kept.
    ///
    /// - Parameters:
    ///   - scan: the scan of the originals.
    ///   - files: the files that stay.
    /// - Returns: what is kept in them, and the values that must not be left all the same.
    static func of(_ scan: ScanResult, in files: [SanitizePlan.File]) -> (Keeping, values: [ResidueCheck.Value]) {
        var keeping = Keeping()
        guard !scan.kept.isEmpty else { return (keeping, scan.values.map(ResidueCheck.Value.init)) }
        for file in files { keeping.sourcePaths[file.path] = file.source }
        let sanitizedPaths = Dictionary(uniqueKeysWithValues: files.map { ($0.source, $0.path) })
        let found = Set(scan.valueIndices)
        // What is kept here and found there must be gone there; what is found nowhere stays.
        let staying = Set(scan.kept.map(\.valueIndex)).subtracting(found).union(scan.keptValues)
        let gone = scan.values.indices.filter { !staying.contains($0) }
        let positions = Dictionary(uniqueKeysWithValues: gone.enumerated().map { ($0.element, $0.offset) })
        var published: Set<ParameterFile.Kept> = []
        var seen: Set<KnownValue> = []
        for kept in scan.kept {
            guard let path = sanitizedPaths[kept.finding.path] else { continue }
            keeping.places[kept.reason, default: 0] += 1
            published.insert(kept.published)
            if kept.isKeptEverywhere {
                if seen.insert(kept.value).inserted { keeping.values.append(ResidueCheck.Value(kept.value)) }
            } else if let position = positions[kept.valueIndex] {
                keeping.exceptions[path, default: []].insert(position)
            }
        }
        for domain in published.compactMap(\.domain) {
            keeping.values.append(
                ResidueCheck.Value(
                    label: Kind.domain.rawValue,
                    bytes: Array(domain.utf8),
                    ignoresCase: true,
                    boundary: .domain
                )
            )
        }
        keeping.published = Array(published)
        return (keeping, gone.map { ResidueCheck.Value(scan.values[$0]) })
    }
}

extension KeptFinding {
    /// How others are told of it: by its name, where that is no secret, otherwise by its digest.
    fileprivate var published: ParameterFile.Kept {
        if case .domain(let domain) = reason { return .domain(domain) }
        return .value(value.kind, digest: digest)
    }
}
