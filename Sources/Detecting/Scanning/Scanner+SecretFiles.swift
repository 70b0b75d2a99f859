internal import Documents

extension Scanner {
    /// The claims of a reading, and the values that they refer to, with the files that others say are a secret each.
    ///
    /// It depends on all files together, so an earlier reading of one of them does not have it.
    func withSecretFiles(
        _ reading: FirstReading,
        of source: some ScanSource
    ) -> (claims: [FileClaims], values: [WorkerValues]) {
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
        return (claims.sorted { ($0.file, $0.member) < ($1.file, $1.member) }, reading.values + [pass.values])
    }
}
