public import Documents

extension Scanner {
    /// What a scan says about one file, or about a part of a large one.
    public struct ScannedText: Sendable {
        /// The index of the file in its source.
        public var file: Int
        /// The path of the file, or of the one in it that this is about.
        public var path: String
        /// The findings, in the order of their places, those in the path first.
        public var findings: [Finding] = []
        /// For each finding, the index of its value among those of the scan.
        public var valueIndices: [Int] = []
        /// What the owner lets stand.
        public var kept: [KeptFinding] = []
        /// Where each finding stands, in lines and columns; nil for one in the path.
        public var regions: [TextRegion?] = []
        /// What could not be read as its format, or as what it is in.
        public var notes: [Document.Note] = []
        /// Whether the bytes are no text.
        public var isBinary = false

        fileprivate var isTelling: Bool { !findings.isEmpty || !kept.isEmpty || !notes.isEmpty || isBinary }
    }

    /// How many files are worked on before their findings are handed out.
    private static let batchSize = 512

    /// Finds every sensitive value in the files of `source`, which are read twice and not kept.
    ///
    /// Memory is taken for what is found, for the names of the files, and for one file on each core, of a large file for a
    /// part; time is linear in the bytes. The structure of a file is read only where its text says that a rule may have
    /// something to say about it, so that the locations of findings tell the bytes but not always how they are spelled;
    /// for a document that is to be changed use ``scan(_:)``.
    ///
    /// - Parameters:
    ///   - source: the files, in byte order of their paths.
    ///   - containers: reads the files in archives; nil takes an archive for one file.
    ///   - threads: how many files are worked on at a time; by default one on each core.
    ///   - consume: takes what is said about one file, in the order of the files; files about which there is nothing to say
    ///     are left out, and of a large file each part comes by itself.
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
        /// What the indices of findings are of, with derived forms and the words of the owner.
        public var all: [KnownValue]
        /// The indices of those that stay wherever they stand.
        public var kept: Set<Int>
    }

    /// Finds every sensitive value in the files of `source`, of which `reading` says what the rules find in them.
    ///
    /// - Parameters:
    ///   - source: the files that were read.
    ///   - containers: reads the files in archives.
    ///   - threads: how many files are worked on at a time; by default one on each core.
    ///   - reading: the first half of the scan.
    ///   - consume: takes what is said about one file.
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
        let claims = reading.claims
        let second = secondPass(claims, reading.values)
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
            if isLarge {
                try scanParts(of: next, source, ofBatch.first, second, maker, consume)
            } else {
                let work = Batch(claims: ofBatch, containers: containers, second: second, maker: maker)
                for text in texts(of: next..<end, source, work, threads: threads) { try consume(text) }
            }
            next = end
        }
        return Values(all: second.inventory.values, kept: second.filter.keptValues)
    }

    private func secondPass(_ claims: [FileClaims], _ values: [WorkerValues]) -> SecondPass {
        var builder = ValueInventory.Builder(rules: index.rules)
        for word in decisions.words { builder.add(word) }
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
        return SecondPass(
            propagation: Propagation(values: inventory.values),
            inventory: inventory,
            rules: index.rules,
            numbers: numbers,
            filter: KeepFilter(decisions, inventory: inventory, fingerprintKey: fingerprintKey)
        )
    }

    // MARK: - Second pass

    /// What the second pass needs beside the files.
    private struct Batch: Sendable {
        var byFile: [Int: [FileClaims]]
        let containers: (any ContainerReader)?
        let second: SecondPass
        let maker: FindingMaker

        init(
            claims: ArraySlice<FileClaims>,
            containers: (any ContainerReader)?,
            second: SecondPass,
            maker: FindingMaker
        ) {
            byFile = Dictionary(grouping: claims) { $0.file }
            self.containers = containers
            self.second = second
            self.maker = maker
        }

        /// What is said about a file, and about those in it.
        func texts(of file: Int, path: String, bytes: [UInt8]) -> [ScannedText] {
            let claims = byFile[file] ?? []
            guard claims.first?.isContainer == true else {
                return [text(of: file, path: path, bytes: bytes, claims: claims.first)]
            }
            var texts = [text(of: file, path: path, bytes: [], claims: claims.first)]
            let byMember = Dictionary(uniqueKeysWithValues: claims.map { ($0.member, $0) })
            _ = containers?.read(bytes, path: path) { path, bytes in
                texts.append(text(of: file, path: path, bytes: bytes, claims: byMember[texts.count]))
            }
            return texts
        }

        private func text(of file: Int, path: String, bytes: [UInt8], claims: FileClaims?) -> ScannedText {
            var text = ScannedText(file: file, path: path)
            var claims = claims
            if let kept = claims, !second.holds(kept, in: bytes) {
                text.notes.append(Document.Note(message: "the file changed while it was scanned"))
                claims = nil
            }
            text.notes += claims?.notes ?? []
            text.isBinary = claims?.isBinary ?? false
            let located = second.located(path: path, bytes: bytes, claims: claims)
            if !located.isEmpty {
                let lines = LineIndex(bytes)
                let found = FindingMaker.inOrder(located.found)
                text.findings = maker.findings(found, path: path, lines: lines)
                text.valueIndices = found.map(\.value)
                text.kept = second.filter.findings(located, maker, path: path, lines: lines)
                let spans = text.findings.compactMap { $0.location?.fileSpan }
                var regions = lines.regions(of: spans, in: bytes)[...]
                text.regions = text.findings.map { $0.location == nil ? nil : regions.popFirst() }
            }
            return text
        }
    }

    private func texts(
        of files: Range<Int>,
        _ source: some ScanSource,
        _ batch: Batch,
        threads: Int
    ) -> [ScannedText] {
        let parts = Workers.run(threads, on: files) { _, queue in
            var texts: [ScannedText] = []
            var buffer: [UInt8] = []
            while let file = queue.next() {
                guard batch.second.concerns(batch.byFile[file]?.first) || batch.byFile[file] != nil,
                    source.read(file, into: &buffer)
                else { continue }
                texts += batch.texts(of: file, path: source.path(of: file), bytes: buffer).filter(\.isTelling)
            }
            return texts
        }
        // The texts of one file stand together, in their order.
        return parts.flatMap(\.self).enumerated().sorted { ($0.element.file, $0.offset) < ($1.element.file, $1.offset) }
            .map(\.element)
    }

    /// Scans a large file part by part, and hands out what is found in each.
    private func scanParts(
        of file: Int,
        _ source: some ScanSource,
        _ claims: FileClaims?,
        _ second: SecondPass,
        _ maker: FindingMaker,
        _ consume: (ScannedText) throws -> Void
    ) rethrows {
        var text = ScannedText(file: file, path: source.path(of: file))
        text.isBinary = claims?.isBinary ?? false
        text.notes = [
            Document.Note(
                line: nil,
                message: "the file has more than \(partSizes.threshold >> 20) MiB, and was read without its structure"
            )
        ]
        try consume(text)
        text.notes = []
        let names = NameMemory(index)
        var place = PartPlace()
        try FileParts(source, file: file, sizes: partSizes).forEach { part in
            let detection = DocumentDetector.detect(in: part.document, index: index, names: names)
            func isOwn(_ item: LocatedValue) -> Bool {
                item.location.map { part.own.contains($0.fileSpan.start) } ?? (part.offset == 0)
            }
            var located = second.located(partOf: part.path, bytes: part.bytes, detection)
            located.found = located.found.filter(isOwn)
            located.kept = located.kept.filter { isOwn($0.item) }
            let lines = LineIndex(part.bytes)
            let found = FindingMaker.inOrder(located.found)
            text.findings = maker.findings(found, path: part.path, lines: lines)
            text.valueIndices = found.map(\.value)
            text.kept = second.filter.findings(located, maker, path: part.path, lines: lines)
            let spans = text.findings.compactMap { $0.location?.fileSpan }
            var regions = place.regions(of: spans, lines, in: part.bytes)[...]
            text.regions = text.findings.map { $0.location == nil ? nil : regions.popFirst() }
            for index in text.findings.indices { place.move(&text.findings[index], by: part.offset) }
            for index in text.kept.indices { place.move(&text.kept[index].finding, by: part.offset) }
            place.advance(to: part.nextOffset - part.offset, lines, in: part.bytes)
            if !text.findings.isEmpty || !text.kept.isEmpty { try consume(text) }
        }
    }
}
