public import Detecting

/// The values that stay in a sanitized tree because their owner decided so.
public struct Keeping: Sendable {
    /// The number of kept places, by reason.
    public var places: [Decisions.Reason: Int] = [:]
    /// The published declaration of what is kept.
    public var published: [ParameterFile.Kept] = []
    /// The kept values, for the residue check.
    public var values: [ResidueCheck.Kept] = []
    /// The original paths by sanitized path, so that the second scan applies the policy of each file.
    public var sourcePaths: [String: String] = [:]

    /// Makes a value that keeps nothing.
    public init() {}

    /// Collects what a scan reports as kept.
    ///
    /// - Parameters:
    ///   - scan: the scan of the originals.
    ///   - files: the files that stay.
    /// - Returns: what is kept in them, and the values that must not be left nevertheless.
    static func of(_ scan: ScanResult, in files: [SanitizePlan.File]) -> (Keeping, values: [ResidueCheck.Value]) {
        var keeping = Keeping()
        guard !scan.kept.isEmpty else { return (keeping, scan.values.map(ResidueCheck.Value.init)) }
        for file in files { keeping.sourcePaths[file.path] = file.source }
        let sanitizedPaths = Dictionary(uniqueKeysWithValues: files.map { ($0.source, $0.path) })
        let found = Set(scan.valueIndices)
        let pathsOnDisk = Self.pathsOnDisk(of: files)
        // A value that is kept in one place and found in another must be gone from the latter. One that is found
        // nowhere stays.
        let staying = Set(scan.kept.map(\.valueIndex)).subtracting(found).union(scan.keptValues)
        let gone = scan.values.indices.filter { !staying.contains($0) }
        var published: Set<ParameterFile.Kept> = []
        var paths: [KnownValue: Set<String>] = [:]
        var everywhere: Set<KnownValue> = []
        for kept in scan.kept {
            guard let path = sanitizedPaths[kept.finding.path] else { continue }
            keeping.places[kept.reason, default: 0] += 1
            published.insert(kept.published)
            paths[kept.value, default: []].formUnion(pathsOnDisk[path] ?? [path])
            if kept.isKeptEverywhere { everywhere.insert(kept.value) }
        }
        keeping.values = paths.map { value, paths in
            ResidueCheck.Kept(ResidueCheck.Value(value), in: everywhere.contains(value) ? nil : paths)
        }
        // The list of kept values contains the domain names of the policy.
        for domain in published.compactMap(\.domain) {
            let name = Array(domain.utf8)
            keeping.values.append(.init(.init(label: "", bytes: name, ignoresCase: true, boundary: .domain)))
        }
        keeping.published = Array(published)
        return (keeping, gone.map { ResidueCheck.Value(scan.values[$0]) })
    }
}

extension Keeping {
    /// Returns, for the sanitized path of each archived file, that path and those of its archives.
    private static func pathsOnDisk(of files: [SanitizePlan.File]) -> [String: Set<String>] {
        let bySource = Dictionary(files.map { ($0.source, $0) }) { first, _ in first }
        var paths: [String: Set<String>] = [:]
        for file in files where file.container != nil {
            var next: SanitizePlan.File? = file
            while let part = next {
                paths[file.path, default: []].insert(part.path)
                next = part.container.flatMap { bySource[$0] }
            }
        }
        return paths
    }
}

extension KeptFinding {
    /// The published declaration: the name of a domain, or the digest of another value.
    fileprivate var published: ParameterFile.Kept {
        if case .domain(let domain) = reason { return .domain(domain) }
        return .value(value.kind, digest: digest)
    }
}
