internal import Documents
internal import Glibc

/// Runs the rules over files in sequence, on one thread.
final class FirstPass {
    private let index: RuleIndex
    private let containers: (any ContainerReader)?
    private let sieve: SettingSieve
    private let worker: Int
    /// The values of all claims made so far.
    private(set) var values = WorkerValues()

    init(index: RuleIndex, containers: (any ContainerReader)?, worker: Int) {
        self.index = index
        self.containers = containers
        self.worker = worker
        sieve = SettingSieve(index)
    }

    /// Returns the claims about one file and about its members; its format is recognised unless it is given.
    func claims(file: Int, path: String, bytes: [UInt8], format: Format?) -> [FileClaims] {
        var members: [FileClaims] = []
        let notes = containers?.read(bytes, path: path) { path, bytes in
            members.append(self.claims(file: file, member: members.count + 1, path: path, bytes: bytes))
        }
        guard let notes else { return [claims(file: file, member: 0, path: path, bytes: bytes, format: format)] }
        // Only the name of the archive itself matters, because its bytes are compressed or belong to its members.
        var claims = self.claims(file: file, member: 0, path: path, bytes: [])
        claims.isContainer = true
        claims.notes = notes.map { Document.Note(line: nil, message: $0) }
        return [claims] + members
    }

    private func claims(
        file: Int,
        member: Int,
        path: String,
        bytes: [UInt8],
        format: Format? = nil
    ) -> FileClaims {
        var claims = FileClaims(file: file, member: member, byteCount: bytes.count, worker: worker)
        let unread = Document(unreadAt: path, bytes: bytes)
        var glance: DocumentDetector.Glance?
        if format == nil, !bytes.hasNUL, Document.containsNamesOfValues(path: path, bytes: bytes) {
            glance = DocumentDetector.glance(at: unread, index: index, sieve: sieve)
        }
        if let glance, !glance.needsStructure {
            add(glance.detection, of: unread, at: 0, to: &claims)
            claims.hidesText = glance.hidesText
            for piece in glance.pieces { add(piece, of: unread, glance.traits, to: &claims) }
        } else {
            let document = Document(path: path, bytes: bytes, format: format)
            let detection = DocumentDetector.detect(
                in: document,
                of: glance?.traits,
                index: index,
                names: sieve.names
            )
            add(detection, of: document, at: 0, to: &claims)
            claims.hidesText = document.hidesTexts
            claims.notes += document.notes
            claims.isBinary = document.layers.first?.format == .binary
        }
        return claims
    }

    /// Returns the claims about a file that another one declares to be a secret.
    func claims(secretFile file: Int, path: String, bytes: [UInt8]) -> FileClaims {
        var claims = claims(file: file, member: 0, path: path, bytes: bytes)
        let unread = Document(unreadAt: path, bytes: bytes)
        add(DocumentDetector.detect(inSecretFile: unread, index: index), of: unread, at: 0, to: &claims)
        return claims
    }

    /// Adds the claims about a piece of a file.
    private func add(_ piece: Piece, of file: Document, _ traits: FileTraits, to claims: inout FileClaims) {
        guard let reading = traits.pieces else { return }
        let document = reading.document(of: piece, in: file)
        let detection = DocumentDetector.detect(
            inPart: document,
            at: piece.documentStart,
            of: traits,
            index: index,
            names: sieve.names
        )
        add(detection, of: document, at: piece.documentStart, to: &claims)
        claims.notes += reading.notes(of: document, at: piece, in: file)
        if document.hidesTexts { claims.hidesText = true }
    }

    /// Returns the values of a file that is read in parts, without duplicates; the second pass finds their places
    /// again.
    ///
    /// A large archive is not opened: only its name is read, because its bytes reveal nothing.
    func claims(file: Int, inPartsOf parts: FileParts) -> FileClaims {
        if let containers, containers.begins(parts.beginning) {
            var claims = claims(file: file, member: 0, path: parts.path, bytes: [])
            (claims.isContainer, claims.isInParts) = (true, true)
            let limit = parts.threshold >> 20
            claims.notes = [Document.Note(message: "archives of more than \(limit) MiB are not looked into")]
            return claims
        }
        var claims = FileClaims(file: file, worker: worker)
        claims.isInParts = true
        var seen: Set<[Int32]> = []
        parts.forEach { part in
            let detection = DocumentDetector.detect(in: part.document, index: index, names: sieve.names)
            collect(detection, into: &claims, &seen)
            if part.bytes.hasNUL { claims.isBinary = true }
        }
        return claims
    }

    private func collect(
        _ detection: DocumentDetector.Detection,
        into claims: inout FileClaims,
        _ seen: inout Set<[Int32]>
    ) {
        for candidate in detection.candidates {
            let claim = FileClaims.Claim(
                value: values.index(of: candidate.value, kind: candidate.kind),
                rule: Int32(candidate.rule),
                span: Span(0, 0),
                confidence: candidate.confidence,
                isInPath: false,
                detail: nil
            )
            if seen.insert(Self.name(of: claim)).inserted { claims.claims.append(claim) }
        }
        addFacts(of: detection, to: &claims)
    }

    /// Adds what a document shows besides its claims.
    private func addFacts(of detection: DocumentDetector.Detection, to claims: inout FileClaims) {
        claims.evidence += detection.evidence
        claims.secretFiles.formUnion(detection.secretFiles)
        claims.mentions.formUnion(detection.mentions)
        for note in notes(of: detection) where !claims.notes.contains(note) { claims.notes.append(note) }
    }

    /// Returns notes about the rules that left places undecided.
    private func notes(of detection: DocumentDetector.Detection) -> [Document.Note] {
        detection.abandoned.sorted().map { rule in
            Document.Note(message: "the rule \(index.rules[rule].id) took too long at one place, which was skipped")
        }
    }

    private static func name(of claim: FileClaims.Claim) -> [Int32] {
        [claim.value, claim.rule, Int32(claim.confidence == .high ? 2 : claim.confidence == .medium ? 1 : 0)]
    }

    /// Adds what was found in a document that begins at `offset` of the file.
    private func add(
        _ detection: DocumentDetector.Detection,
        of document: Document,
        at offset: Int,
        to claims: inout FileClaims
    ) {
        // An array that grows takes room for twice as many.
        if claims.claims.isEmpty { claims.claims.reserveCapacity(detection.candidates.count) }
        for candidate in detection.candidates {
            let location = candidate.layer.map { document.layers[$0].location(of: candidate.span).shifted(by: offset) }
            var detail: FileClaims.Detail?
            if let location,
                location.steps.count > 1 || !location.steps[0].encodings.isEmpty || !candidate.keyPath.isEmpty
            {
                let layer = candidate.layer.map { document.layers[$0] }
                let whole = layer.flatMap { layer in
                    Surroundings(text: layer.text).extent(of: candidate.span, kind: candidate.kind).map { whole in
                        LocatedValue.Whole(
                            location: layer.location(of: whole.span).shifted(by: offset),
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
        addFacts(of: detection, to: &claims)
    }
}

extension [UInt8] {
    /// Whether any byte is zero, which occurs only in binary data and in UTF-16 and UTF-32 texts.
    var hasNUL: Bool {
        unsafe withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return false }
            return unsafe memchr(start, 0, bytes.count) != nil
        }
    }
}
