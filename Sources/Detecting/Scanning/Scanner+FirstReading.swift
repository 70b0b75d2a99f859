extension Scanner {
    /// The rules' findings in files, before it is known which values also occur elsewhere.
    ///
    /// It does not depend on the owner's decisions.
    public struct FirstReading: Sendable {
        /// Identifies the bytes of a file that was read completely.
        struct Seen: Sendable {
            /// The index of the file in its source.
            var file: Int
            var byteCount: Int
            /// A hash of the bytes, seeded per process.
            var hash: Int
        }

        let claims: [FileClaims]
        /// The values of each worker, which the claims refer to.
        let values: [[WorkerValues.Key]]
        /// The files that were read completely, by path; empty if no later reading needs them.
        let seen: [String: Seen]
    }

    /// Runs the rules over the files of `source`, which is the first half of a scan.
    ///
    /// - Parameters:
    ///   - source: the files.
    ///   - containers: reads the files in archives.
    ///   - threads: the number of files processed at a time; by default one per core.
    ///   - earlier: a reading with the same rules; its findings are reused for a file of `source` with the same path
    ///     and bytes.
    /// - Returns: the findings of the rules in each file.
    public func firstReading(
        of source: some ScanSource,
        containers: (any ContainerReader)? = nil,
        threads: Int? = nil,
        knowing earlier: FirstReading? = nil
    ) -> FirstReading {
        firstReading(of: source, containers: containers, threads: threads, knowing: earlier, remembers: true)
    }

    func firstReading(
        of source: some ScanSource,
        containers: (any ContainerReader)?,
        threads: Int?,
        knowing earlier: FirstReading?,
        remembers: Bool
    ) -> FirstReading {
        let threads = max(1, threads ?? Workers.coreCount)
        let known = earlier.map { KnownFiles($0, firstWorker: threads) }
        let parts = Workers.run(threads, on: 0..<source.count) { [index, partSizes] worker, queue in
            let pass = FirstPass(index: index, containers: containers, worker: worker)
            var claims: [FileClaims] = []
            var seen: [FirstReading.Seen] = []
            var buffer: [UInt8] = []
            while let file = queue.next() {
                if source.size(of: file) > partSizes.threshold {
                    claims.append(pass.claims(file: file, inPartsOf: FileParts(source, file: file, sizes: partSizes)))
                    continue
                }
                guard source.read(file, into: &buffer) else { continue }
                let path = source.path(of: file)
                if remembers {
                    let bytes = FirstReading.Seen(file: file, bytes: buffer)
                    seen.append(bytes)
                    if let same = known?.claims(of: bytes, at: path) {
                        claims += same
                        continue
                    }
                }
                let format = source.format(of: file)
                claims += pass.claims(file: file, path: path, bytes: buffer, format: format).filter { !$0.isEmpty }
            }
            return (claims: claims, values: pass.values.values, seen: seen)
        }
        return FirstReading(
            claims: parts.flatMap(\.claims).sorted { ($0.file, $0.member) < ($1.file, $1.member) },
            values: parts.map(\.values) + (earlier?.values ?? []),
            seen: Dictionary(
                parts.flatMap(\.seen).map { (source.path(of: $0.file), $0) },
                uniquingKeysWith: { first, _ in first }
            )
        )
    }
}

extension Scanner.FirstReading.Seen {
    fileprivate init(file: Int, bytes: [UInt8]) {
        var hasher = Hasher()
        unsafe bytes.withUnsafeBytes { bytes in unsafe hasher.combine(bytes: bytes) }
        self.init(file: file, byteCount: bytes.count, hash: hasher.finalize())
    }
}

/// The findings of an earlier reading for files that are read again.
private struct KnownFiles: Sendable {
    private let seen: [String: Scanner.FirstReading.Seen]
    private let claims: [Int: [FileClaims]]
    /// The number that the first worker of the earlier reading has in the new one.
    private let firstWorker: Int

    init(_ reading: Scanner.FirstReading, firstWorker: Int) {
        seen = reading.seen
        claims = Dictionary(grouping: reading.claims, by: \.file)
        self.firstWorker = firstWorker
    }

    /// Returns the claims about a file; nil if it is new or its bytes have changed.
    func claims(of file: Scanner.FirstReading.Seen, at path: String) -> [FileClaims]? {
        guard let known = seen[path], known.byteCount == file.byteCount, known.hash == file.hash else { return nil }
        return (claims[known.file] ?? []).map { claims in
            var claims = claims
            claims.file = file.file
            claims.worker += firstWorker
            return claims
        }
    }
}
