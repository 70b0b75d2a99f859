public import Documents

extension Scanner {
    /// What a scan says about one file.
    public struct ScannedText: Sendable {
        /// The index of the file in its source.
        public var file: Int
        /// The findings, in the order of their places, those in the path first.
        public var findings: [Finding]
        /// Where each finding stands, in lines and columns; nil for one in the path.
        public var regions: [TextRegion?] = []
        /// What could not be read as its format.
        public var notes: [Document.Note]
    }

    /// How many files are worked on before their findings are handed out.
    private static let batchSize = 1024

    /// Finds every sensitive value in the files of `source`, which are read twice and not kept.
    ///
    /// Memory is taken for what is found, for the names of the files, and for one file on each core; time is linear in the
    /// bytes. The structure of a file is read only where its text says that a rule may have something to say about it,
    /// so that the locations of findings tell the bytes but not always how they are spelled; for a document that is to
    /// be changed use ``scan(_:)``.
    ///
    /// - Parameters:
    ///   - source: the files, in byte order of their paths.
    ///   - threads: how many files are worked on at a time; by default one on each core.
    ///   - consume: takes what is said about one file, in the order of the files; files about which there is nothing to say
    ///     are left out.
    /// - Throws: what `consume` throws.
    public func scan(
        _ source: some ScanSource,
        threads: Int? = nil,
        consume: (ScannedText) throws -> Void
    ) rethrows {
        let threads = max(1, threads ?? Workers.coreCount)
        let (claims, values) = firstPass(source, threads: threads)
        var builder = ValueInventory.Builder(rules: index.rules)
        var numbers = values.map { [Int](repeating: -1, count: $0.values.count) }
        for file in claims {
            for claim in file.claims {
                let value = values[file.worker].values[Int(claim.value)]
                numbers[file.worker][Int(claim.value)] = builder.add(
                    value.bytes,
                    kind: value.kind,
                    rule: Int(claim.rule),
                    confidence: claim.confidence
                )
            }
            for value in file.evidence { builder.add(value) }
        }
        let inventory = builder.inventory
        let second = SecondPass(
            propagation: Propagation(values: inventory.values),
            inventory: inventory,
            rules: index.rules,
            numbers: numbers
        )
        let findings = FindingMaker(inventory: inventory, fingerprintKey: fingerprintKey)
        var next = 0
        var claimed = claims[...]
        while next < source.count {
            let files = next..<min(source.count, next + Self.batchSize)
            next = files.upperBound
            let count = claimed.prefix { files.contains($0.file) }.count
            let texts = texts(of: files, source, claimed.prefix(count), second, findings, threads: threads)
            claimed = claimed.dropFirst(count)
            for text in texts { try consume(text) }
        }
    }

    private func firstPass(_ source: some ScanSource, threads: Int) -> ([FileClaims], [WorkerValues]) {
        let parts = Workers.run(threads, on: 0..<source.count) { [index] worker, queue in
            var pass = FirstPass(index: index, worker: worker)
            var claims: [FileClaims] = []
            var buffer: [UInt8] = []
            while let file = queue.next() {
                guard source.read(file, into: &buffer) else { continue }
                let found = pass.claims(file: file, path: source.path(of: file), bytes: buffer)
                if !found.isEmpty { claims.append(found) }
            }
            return (claims: claims, values: pass.values)
        }
        return (parts.flatMap(\.claims).sorted { $0.file < $1.file }, parts.map(\.values))
    }

    private func texts(
        of files: Range<Int>,
        _ source: some ScanSource,
        _ claims: ArraySlice<FileClaims>,
        _ second: SecondPass,
        _ findings: FindingMaker,
        threads: Int
    ) -> [ScannedText] {
        let byFile = Dictionary(uniqueKeysWithValues: claims.map { ($0.file, $0) })
        let parts = Workers.run(threads, on: files) { _, queue in
            var texts: [ScannedText] = []
            var buffer: [UInt8] = []
            while let file = queue.next() {
                let claims = byFile[file]
                var text = ScannedText(file: file, findings: [], notes: claims?.notes ?? [])
                if second.concerns(claims), source.read(file, into: &buffer) {
                    let path = source.path(of: file)
                    let located = second.located(path: path, bytes: buffer, claims: claims)
                    if !located.isEmpty {
                        let lines = LineIndex(buffer)
                        text.findings = findings.findings(FindingMaker.inOrder(located), path: path, lines: lines)
                        let spans = text.findings.compactMap { $0.location?.fileSpan }
                        var regions = lines.regions(of: spans, in: buffer)[...]
                        text.regions = text.findings.map { $0.location == nil ? nil : regions.popFirst() }
                    }
                }
                if !text.findings.isEmpty || !text.notes.isEmpty { texts.append(text) }
            }
            return texts
        }
        return parts.flatMap(\.self).sorted { $0.file < $1.file }
    }
}
