internal import Documents

// Examines the text of a file before its structure, which is read only if it may reveal more.
extension DocumentDetector {
    /// The result of examining a text without reading its structure.
    struct Glance {
        /// The claims about the text.
        var detection: Detection
        /// Whether only the structure reveals what the text contains; the claims are empty then.
        var needsStructure = false
        /// The purpose of the file.
        var traits: FileTraits
        /// The pieces whose contents only the structure reveals; there are no claims about text inside them.
        var pieces: [Piece] = []
        /// Whether a part of the text is encoded.
        var hidesText = false
    }

    /// Runs the rules over the text of an unread document, as far as they do not need its structure.
    ///
    /// - Parameters:
    ///   - document: the document, unread.
    ///   - index: the rules.
    ///   - sieve: decides whether a name may be that of a setting.
    /// - Returns: the claims from the text alone, and whether its structure must be read for more.
    static func glance(at document: Document, index: RuleIndex, sieve: SettingSieve) -> Glance {
        var detector = DocumentDetector(document, index: index, names: sieve.names)
        if isNotScanned(document) { return Glance(detection: Detection(), traits: detector.traits) }
        detector.readPath()
        detector.readCertificate()
        detector.readSecretFile()
        return detector.glance(sieve)
    }

    private mutating func glance(_ sieve: SettingSieve) -> Glance {
        let text = document.layers[0].text
        sieve.begin(path: document.path)
        var finder = PieceFinder(text, reading: traits.pieces)
        let stopsAtFirst = finder.readsWhole
        var probe = EncodedTextProbe(text: text, index: index, stopsAtFirst: stopsAtFirst)
        var last = [Int](repeating: -1, count: Rule.Shape.allCases.count)
        var needsStructure = false
        index.database.scanWhile(text) { id, end in
            guard names.scope.mayTrigger(id) else { return true }
            for trigger in index.triggers(of: id) {
                switch index.triggers[trigger] {
                case .keyWord(let count, let part):
                    let word = Span(end - count, end)
                    guard WordEnding.mayStand(from: word.start, to: word.end, as: part, in: text),
                        sieve.maySet(from: word.start, to: word.end, in: text)
                    else { continue }
                    needsStructure = stopsAtFirst
                    finder.add(word)
                    if let pair = sieve.pair(around: word, in: text) { finder.add(pair) }
                case .shape(.secretManifest, let rule):
                    needsStructure = stopsAtFirst
                    if !needsStructure { _ = readArguments(endingAt: end, layer: 0, rule: rule) }
                case .shape(.resourceName, _): noteResource(endingAt: end, layer: 0)
                case .shape(.secretFile, _):
                    if Self.namesSecrets(endingAt: end, in: text) {
                        needsStructure = stopsAtFirst
                    } else {
                        noteSecretFiles(endingAt: end, layer: 0)
                    }
                case .escape:
                    probe.examine(atMarkEndingAt: end)
                    needsStructure = probe.needsWhole || stopsAtFirst && !probe.places.isEmpty
                case .anchor, .shape: emitClaims(of: trigger, endingAt: end, layer: 0, in: text, behind: &last)
                }
                if needsStructure { return false }
            }
            return true
        }
        return finishedGlance(at: text, needsStructure: needsStructure, &probe, &finder)
    }

    /// Completes a glance after the last trigger.
    private mutating func finishedGlance(
        at text: [UInt8],
        needsStructure: Bool,
        _ probe: inout EncodedTextProbe,
        _ finder: inout PieceFinder
    ) -> Glance {
        if !needsStructure { probe.findRuns() }
        let escaped = detection.candidates.filter { $0.layer != nil && Self.isEscaped($0.span, in: text) }.map(\.span)
        let silent = probe.silentTexts(in: detection.candidates.filter { $0.layer != nil }.map(\.span))
        for place in probe.places + escaped + silent { finder.add(place) }
        guard !needsStructure, let pieces = finder.pieces(names) else {
            return Glance(detection: Detection(), needsStructure: true, traits: traits)
        }
        if !pieces.isEmpty {
            detection.candidates.removeAll { candidate in
                // A table of logins can only be read from its beginning.
                candidate.layer != nil && !Self.readsTables(index.rules[candidate.rule])
                    && pieces.contains { $0.span.contains(candidate.span) }
            }
        }
        return Glance(detection: detection, traits: traits, pieces: pieces, hidesText: probe.hidesText)
    }

    /// The characters that a backslash may precede without hiding a character of a value.
    private static let plainEscapes = ByteSet("nrt0\"'\\")

    /// Whether a value contains or adjoins escapes, so that the decoded text differs.
    private static func isEscaped(_ span: Span, in text: [UInt8]) -> Bool {
        let end = min(text.count, span.end + 2)
        for position in max(0, span.start - 2)..<end {
            switch text[position] {
            case UInt8(ascii: "%"), UInt8(ascii: "&"):
                if span.range.contains(position) { return true }
            case UInt8(ascii: "\\"):
                let isInside = span.range.contains(position)
                let next = position + 1 < text.count ? text[position + 1] : 0
                if isInside || !Self.plainEscapes.contains(next) { return true }
            default: continue
            }
        }
        return false
    }
}
