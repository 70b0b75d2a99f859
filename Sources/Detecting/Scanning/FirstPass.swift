internal import Documents

/// Runs the rules over files, one after another, with the memory of one thread.
struct FirstPass {
    private let index: RuleIndex
    private let sieve: SettingSieve
    private let worker: Int
    /// The values of all claims so far.
    private(set) var values = WorkerValues()

    init(index: RuleIndex, worker: Int) {
        self.index = index
        self.worker = worker
        sieve = SettingSieve(index)
    }

    /// The claims about one file.
    mutating func claims(file: Int, path: String, bytes: [UInt8]) -> FileClaims {
        var claims = FileClaims(file: file, worker: worker)
        let unread = Document(unreadAt: path, bytes: bytes)
        var glance: DocumentDetector.Glance?
        if Document.writesNames(path: path, bytes: bytes) {
            glance = DocumentDetector.glance(at: unread, index: index, sieve: sieve)
        }
        if let glance, !glance.needsStructure {
            add(glance.detection, of: unread, to: &claims)
            claims.hidesText = glance.hidesText
        } else {
            let document = Document(path: path, bytes: bytes)
            let detection = DocumentDetector.detect(in: document, index: index, names: sieve.names)
            add(detection, of: document, to: &claims)
            claims.hidesText = document.hasOpaqueTexts
            claims.notes = document.notes
        }
        return claims
    }

    private mutating func add(
        _ detection: DocumentDetector.Detection,
        of document: Document,
        to claims: inout FileClaims
    ) {
        for candidate in detection.candidates {
            let location = candidate.layer.map { document.layers[$0].location(of: candidate.span) }
            var detail: FileClaims.Detail?
            if let location, location.steps.count > 1 || !location.steps[0].encodings.isEmpty || !candidate.keyPath.isEmpty {
                let layer = candidate.layer.map { document.layers[$0] }
                let whole = layer.flatMap { layer in
                    Surroundings(text: layer.text).extent(of: candidate.span, kind: candidate.kind).map { whole in
                        LocatedValue.Whole(
                            location: layer.location(of: whole.span),
                            bytes: Array(layer.text[whole.span.range]),
                            kind: whole.kind
                        )
                    }
                }
                detail = FileClaims.Detail(location: location, keyPath: candidate.keyPath, whole: whole)
            }
            claims.claims.append(
                FileClaims.Claim(
                    value: values.index(of: candidate.value, kind: candidate.kind),
                    rule: Int32(candidate.rule),
                    span: location?.fileSpan ?? candidate.span,
                    confidence: candidate.confidence,
                    isInPath: location == nil,
                    detail: detail
                )
            )
        }
        claims.evidence = detection.evidence
    }
}
