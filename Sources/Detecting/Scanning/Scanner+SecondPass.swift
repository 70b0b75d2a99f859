internal import Documents

// The second pass over a source, which searches for the values that the first one found.
extension Scanner {
    /// The data that the second pass needs in addition to the files.
    struct Batch: Sendable {
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

        /// Returns the results for a file and for its members.
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
            text.isContainer = claims?.isContainer ?? false
            text.isUnopened = text.isContainer && claims?.isInParts == true
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

    func texts(
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
        // The texts of one file are together, in order.
        return parts.flatMap(\.self).enumerated().sorted { ($0.element.file, $0.offset) < ($1.element.file, $1.offset) }
            .map(\.element)
    }

    /// Scans a large file in parts, and delivers the findings of each.
    func scanParts(
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
                message: "the file is larger than \(partSizes.threshold >> 20) MiB and was read without its structure"
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
            var regions = lines.regions(of: spans, in: part.bytes)[...]
            text.regions = text.findings.map { $0.location == nil ? nil : regions.popFirst() }
            place.move(&text, by: part.offset)
            place.advance(to: part.nextOffset - part.offset, lines, in: part.bytes)
            if !text.findings.isEmpty || !text.kept.isEmpty { try consume(text) }
        }
    }
}
