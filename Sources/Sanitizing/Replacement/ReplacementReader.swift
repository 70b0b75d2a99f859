internal import Detecting
internal import Documents

/// Reads the values at the places of findings, to replace them there.
struct ReplacementReader: Sendable {
    private let scan: ScanResult
    private let findingsByPath: [String: [Int]]
    private let representatives: ValueRepresentatives
    private let spelling: SpellingMemory

    /// Reads the findings of `scan`; `spelling` remembers the spelling of places from earlier readings.
    init(_ scan: ScanResult, spelling: SpellingMemory) {
        self.scan = scan
        self.spelling = spelling
        findingsByPath = Dictionary(grouping: scan.findings.indices) { scan.findings[$0].path }
        representatives = ValueRepresentatives(scan)
    }

    /// The indices of the findings in the file at a path.
    func findings(at path: String) -> [Int] { findingsByPath[path] ?? [] }

    /// Returns the values to replace in each document, in order of their places.
    ///
    /// - Throws: ``SanitizingError`` `irreplaceable` for the first document in which a value cannot be read again.
    func replacements(in documents: [Document]) throws(SanitizingError) -> [[Replacement]] {
        let results = documents.concurrentMap { document in
            Result { () throws(SanitizingError) in
                try replacements(in: document, of: findings(at: document.path))
            }
        }
        return try results.map { result throws(SanitizingError) in try result.get() }
    }

    /// Returns the values to replace in a path alone.
    func replacements(inPath path: String) throws(SanitizingError) -> [Replacement] {
        let inPath = findings(at: path).filter { scan.findings[$0].pathSpan != nil }
        return try replacements(in: Document(path: path, bytes: []), of: inPath)
    }

    /// Returns the findings to replace in a document; for an image, only those in its path.
    private func replacements(in document: Document, of findings: [Int]) throws(SanitizingError) -> [Replacement] {
        let inText = document.isBinary ? [] : findings.filter { scan.findings[$0].pathSpan == nil }
        return inPath(document.path, of: findings) + (try self.inText(of: document, of: inText))
    }

    private func inPath(_ path: String, of findings: [Int]) -> [Replacement] {
        let name = Array(path.utf8)
        var replacements: [Replacement] = []
        var end = 0
        for index in findings {
            guard let span = scan.findings[index].pathSpan, span.start >= end else { continue }
            end = span.end
            replacements.append(replacement(of: index, bytes: Array(name[span.range])))
        }
        return replacements
    }

    private func inText(of document: Document, of findings: [Int]) throws(SanitizingError) -> [Replacement] {
        let found = findings.filter { scan.findings[$0].replacedLocation != nil }
        guard !found.isEmpty else { return [] }
        let text = document.bytes
        let given = found.compactMap { scan.findings[$0].replacedLocation }
        let spelled = spelling.locations(of: given, in: document, bytes: text)
        let locations = Dictionary(uniqueKeysWithValues: zip(found, spelled))
        var claims: [ReplacementChoice.Claim] = []
        var bytes: [Int: [UInt8]] = [:]
        for (index, location) in zip(found, spelled) {
            let finding = scan.findings[index]
            let value = try Self.read(location, of: text, at: document.path)
            bytes[index] = value.bytes
            claims.append(
                ReplacementChoice.Claim(
                    location: location,
                    severity: finding.severity,
                    confidence: finding.confidence,
                    index: index,
                    innerTextCount: value.innerTextCount,
                    unquoted: location.steps.count == 1 ? Self.unquoted(location.fileSpan, in: text) : nil
                )
            )
        }
        return ReplacementChoice.resolve(claims).sorted().map { index in
            var replacement = replacement(of: index, bytes: bytes[index] ?? [], at: locations[index])
            if scan.findings[index].kind == .ipv4, let location = locations[index], location.steps.count == 1 {
                replacement.networkLength = NetworkMask.length(behind: location.fileSpan.end, in: text)
            }
            if let span = locations[index]?.fileSpan {
                replacement.isProse = PlaceText.isProse(span, in: text, path: document.path)
                replacement.isListened = PlaceText.isListened(at: span.start, in: text)
                replacement.topic = PlaceText.topic(before: span.start, in: text)
            }
            return replacement
        }
    }

    private func replacement(of finding: Int, bytes: [UInt8], at location: Location? = nil) -> Replacement {
        Replacement(
            finding: finding,
            value: representatives.representative(ofFinding: finding),
            bytes: bytes,
            location: location
        )
    }

    private static let quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")]

    /// Returns a span without its first and last byte if these are the same quote; otherwise nil.
    private static func unquoted(_ span: Span, in text: [UInt8]) -> Span? {
        guard span.count > 2, quotes.contains(text[span.start]), text[span.end - 1] == text[span.start] else {
            return nil
        }
        return Span(span.start + 1, span.end - 1)
    }

    /// Returns the value at a location, and the size of the innermost opaque text around it.
    private static func read(
        _ location: Location,
        of text: [UInt8],
        at path: String
    ) throws(SanitizingError) -> (bytes: [UInt8], innerTextCount: Int?) {
        do {
            let bytes = try Document.value(in: text, at: location)
            guard location.steps.count > 1 else { return (bytes, nil) }
            let inner = try Document.value(in: text, at: Location(location.steps.dropLast()))
            return (bytes, inner.count)
        } catch {
            throw SanitizingError(.irreplaceable, at: path, "a value cannot be read again: \(error.message)")
        }
    }
}
