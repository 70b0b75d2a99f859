public import Detecting

/// What stays in a sanitized tree because its owner says so.
public struct Keeping: Sendable {
    /// At how many places something stays, by the reason.
    public var places: [Decisions.Reason: Int] = [:]
    /// What is published about it, so that others know what to expect.
    public var published: [ParameterFile.Kept] = []
    /// What stays, for the residue check.
    public var values: [ResidueCheck.Kept] = []
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
        let pathsOnDisk = Self.pathsOnDisk(of: files)
        // What is kept here and found there must be gone there; what is found nowhere stays.
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
        // The list of what is kept has the names of the policy in it.
        for domain in published.compactMap(\.domain) {
            let name = Array(domain.utf8)
            keeping.values.append(.init(.init(label: "", bytes: name, ignoresCase: true, boundary: .domain)))
        }
        keeping.published = Array(published)
        return (keeping, gone.map { ResidueCheck.Value(scan.values[$0]) })
    }
}

extension Keeping {
    /// For the sanitized path of each file in an archive that path, and those of the archives that it is in.
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
    /// How others are told of it: by its name, where that is no secret, otherwise by its digest.
    fileprivate var published: ParameterFile.Kept {
        if case .domain(let domain) = reason { return .domain(domain) }
        return .value(value.kind, digest: digest)
    }
}
