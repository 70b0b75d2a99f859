public import Documents

extension Scanner {
    /// The result of a scan for one file, or for a part of a large one.
    public struct ScannedText: Sendable {
        /// The index of the file in its source.
        public var file: Int
        /// The path of the file or of its member.
        public var path: String
        /// The findings, in order of their places, those in the path first.
        public var findings: [Finding] = []
        /// For each finding, the index of its value among those of the scan.
        public var valueIndices: [Int] = []
        /// The findings that the owner keeps.
        public var kept: [KeptFinding] = []
        /// The line and column of each finding; nil for one in the path.
        public var regions: [TextRegion?] = []
        /// The parts that could not be read in the file's format, or as members.
        public var notes: [Document.Note] = []
        /// Whether the file is binary.
        public var isBinary = false
        /// Whether the file is an archive, whose members have their own results.
        public var isContainer = false
        /// Whether the file is an archive that was not opened because of its size.
        public var isUnopened = false

        var isTelling: Bool { !findings.isEmpty || !kept.isEmpty || !notes.isEmpty || isBinary }
    }

    /// The number of files processed before their findings are delivered.
    private static let batchSize = 512

    /// Finds every sensitive value in the files of `source`, which are read twice and not kept in memory.
    ///
    /// Memory use depends on the findings, the names of the files, and one file (or a part of a large file) per core.
    /// Time is linear in the bytes. The structure of a file is read only if its text shows that a rule may apply, so
    /// findings have exact bytes but not always their encoding; use ``scan(_:)`` for a document that will be edited.
    ///
    /// - Parameters:
    ///   - source: the files, in byte order of their paths.
    ///   - containers: reads the files in archives; nil to treat an archive as one file.
    ///   - threads: the number of files processed at a time; by default one on each core.
    ///   - consume: receives the result for one file, in order of the files. Files without results are omitted, and
    ///     each part of a large file is delivered separately.
    /// - Throws: what `consume` throws.
    public func scan(
        _ source: some ScanSource,
        containers: (any ContainerReader)? = nil,
        threads: Int? = nil,
        consume: (ScannedText) throws -> Void
    ) rethrows {
        let reading = firstReading(of: source, containers: containers, threads: threads, knowing: nil, remembers: false)
        _ = try scan(source, containers: containers, threads: threads, after: reading, consume: consume)
    }

    /// The values of a scan.
    public struct Values: Sendable {
        /// The values that findings' indices refer to, with derived forms and the owner's words.
        public var all: [KnownValue]
        /// The indices of the values that are kept everywhere.
        public var kept: Set<Int>
    }

    /// Finds every sensitive value in the files of `source`, given the rules' findings.
    ///
    /// - Parameters:
    ///   - source: the files that were read.
    ///   - containers: reads the files in archives.
    ///   - threads: the number of files processed at a time; by default one on each core.
    ///   - reading: the first half of the scan.
    ///   - consume: receives the result for one file.
    /// - Returns: the values.
    /// - Throws: what `consume` throws.
    public func scan(
        _ source: some ScanSource,
        containers: (any ContainerReader)? = nil,
        threads: Int? = nil,
        after reading: FirstReading,
        consume: (ScannedText) throws -> Void
    ) rethrows -> Values {
        let threads = max(1, threads ?? Workers.coreCount)
        let (claims, values) = withSecretFiles(reading, of: source)
        let second = secondPass(claims, values)
        let maker = FindingMaker(inventory: second.inventory, fingerprintKey: fingerprintKey)
        var claimed = claims[...]
        var next = 0
        while next < source.count {
            let isLarge = source.size(of: next) > partSizes.threshold
            var end = next + 1
            while !isLarge, end < source.count, end - next < Self.batchSize,
                source.size(of: end) <= partSizes.threshold
            {
                end += 1
            }
            let ofBatch = claimed.prefix { $0.file < end }
            claimed = claimed.dropFirst(ofBatch.count)
            if isLarge, ofBatch.first?.isContainer != true {
                try scanParts(of: next, source, ofBatch.first, second, maker, consume)
            } else {
                let work = Batch(claims: ofBatch, containers: containers, second: second, maker: maker)
                let unopened = isLarge ? work.texts(of: next, path: source.path(of: next), bytes: []) : nil
                for text in unopened ?? texts(of: next..<end, source, work, threads: threads) { try consume(text) }
            }
            next = end
        }
        return Values(all: second.inventory.values, kept: second.filter.keptValues)
    }

    private func secondPass(_ claims: [FileClaims], _ values: [[WorkerValues.Key]]) -> SecondPass {
        var builder = ValueInventory.Builder(rules: index.rules)
        for word in decisions.words { builder.add(word) }
        var numbers = values.map { [Int](repeating: -1, count: $0.count) }
        for file in claims {
            for claim in file.claims {
                let value = values[file.worker][Int(claim.value)]
                numbers[file.worker][Int(claim.value)] = builder.add(
                    value.bytes,
                    kind: value.kind,
                    rule: Int(claim.rule),
                    confidence: claim.confidence
                )
            }
            for value in file.evidence { builder.add(value) }
            builder.mentions.formUnion(file.mentions)
        }
        builder.addResourceStems()
        for value in decisions.remembered { builder.add(value) }
        let inventory = builder.inventory
        return SecondPass(
            propagation: Propagation(values: inventory.values),
            inventory: inventory,
            rules: index.rules,
            numbers: numbers,
            filter: KeepFilter(decisions, inventory: inventory, fingerprintKey: fingerprintKey)
        )
    }
}
