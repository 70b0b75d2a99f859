internal import Documents

extension Scanner {
    /// Returns the claims and values of a reading, including those of files that others declare to be a secret each.
    ///
    /// The result depends on all files together, so it is not part of a reading that can be reused for a single file.
    func withSecretFiles(
        _ reading: FirstReading,
        of source: some ScanSource
    ) -> (claims: [FileClaims], values: [[WorkerValues.Key]]) {
        let named = reading.claims.reduce(into: Set<String>()) { $0.formUnion($1.secretFiles) }
        guard !named.isEmpty else { return (reading.claims, reading.values) }
        let pass = FirstPass(index: index, containers: nil, worker: reading.values.count)
        var secret: [Int: FileClaims] = [:]
        var buffer: [UInt8] = []
        for file in 0..<source.count where named.contains(source.path(of: file)) {
            guard source.size(of: file) <= partSizes.threshold, source.read(file, into: &buffer) else { continue }
            secret[file] = pass.claims(secretFile: file, path: source.path(of: file), bytes: buffer)
        }
        let others = reading.claims.filter { secret[$0.file] == nil || $0.isContainer || $0.member > 0 }
        let containers = Set(others.map(\.file))
        let claims = others + secret.values.filter { !containers.contains($0.file) }
        return (claims.sorted { ($0.file, $0.member) < ($1.file, $1.member) }, reading.values + [pass.values.values])
    }
}
