public import Detecting
public import Documents

/// Plans how a deployment is sanitized: which files stay, which values are replaced where, and by what.
public struct Sanitizer: Sendable {
    /// Says how a fresh value is made for a value that some rules found; nil where only a person can give one.
    public typealias GeneratorChoice = @Sendable (_ rules: [String], _ value: KnownValue) -> Parameter.Generator?

    private let generator: GeneratorChoice
    private let policy: PolicyFile

    /// Makes a sanitizer that asks `generator` how fresh secrets are made, and `policy` what the owner decided.
    public init(policy: PolicyFile = PolicyFile(), generator: @escaping GeneratorChoice) {
        self.policy = policy
        self.generator = generator
    }

    /// Plans the replacement of everything that `scan` found in `documents`.
    ///
    /// - Parameters:
    ///   - documents: all files of the deployment.
    ///   - scan: what a scan of just these documents found.
    ///   - packed: which of them are archives, and which are in one.
    ///   - leftOut: why some of them stay out whatever they hold, by their paths: links, sockets.
    ///   - known: the values of earlier runs, which keep their stand-ins and names.
    ///   - spelling: what an earlier plan for the same documents has found out about their places.
    /// - Returns: the plan; nothing has been written.
    /// - Throws: ``SanitizingError``: `exhausted`, `irreplaceable`, `pathCollision` or `malformedParameters`.
    public func plan(
        documents: [Document],
        scan: ScanResult,
        packed: PackedFiles = PackedFiles(),
        leftOut: [String: String] = [:],
        known: [SealedMap.Value] = [],
        spelling: SpellingMemory = SpellingMemory()
    ) throws(SanitizingError) -> SanitizePlan {
        var assignment = Assignment(
            scan: scan,
            naming: ParameterTexts(policy, scan: scan),
            generator: generator,
            known: KnownValues(known)
        )
        let inherited = try inheritedParameters(in: documents)
        assignment.inherit(inherited)

        let findings = Dictionary(grouping: scan.findings.indices) { scan.findings[$0].path }
        // Images are parsed once, to say whether they stay and what they lose.
        let contents = documents.concurrentMap { document in
            packed.archiveContents(at: document.path) ?? OmissionRules.contents(of: document)
        }
        var metadataByteCounts: [String: Int] = [:]
        var reasons = leftOut
        for (document, contents) in zip(documents, contents) where leftOut[document.path] == nil {
            if case .image(let count) = contents { metadataByteCounts[document.path] = count }
            reasons[document.path] = omissionReason(path: document.path, contents: contents)
        }
        let choice = FileChoice(documents, packed: packed) { reasons[$0.path] }
        let kept = choice.kept
        let left = inherited.omissions.map { (path: $0.path, reason: $0.reason) } + choice.left
        let representatives = ValueRepresentatives(scan)
        let results = kept.concurrentMap { document in
            Result { () throws(SanitizingError) in
                try Self.replacements(
                    in: document,
                    findings: findings[document.path] ?? [],
                    scan: scan,
                    values: representatives,
                    spelling: spelling
                )
            }
        }
        let chosen = try results.map { result throws(SanitizingError) in try result.get() }
        // The paths of files that are left out are listed, so that the values in them need stand-ins too.
        let pathsLeftOut = try left.map { path, _ throws(SanitizingError) in
            let inPath = (findings[path] ?? []).filter { scan.findings[$0].pathSpan != nil }
            return try Self.replacements(
                in: Document(path: path, bytes: []),
                findings: inPath,
                scan: scan,
                values: representatives,
                spelling: spelling
            )
        }
        do throws(SanitizingError) {
            try assignment.assign((chosen + pathsLeftOut).flatMap(\.self))
        } catch {
            throw error.naming(fileWithMost: zip(kept, chosen).map { ($0.path, $1.count) })
        }

        var files: [SanitizePlan.File] = []
        var archives: [String: SanitizePlan.File] = [:]
        for (document, replacements) in zip(kept, chosen) {
            var file = try assignment.file(
                for: document,
                in: packed.container(of: document.path).flatMap { archives[$0] },
                replacements: replacements,
                inherited: inherited,
                metadataByteCount: metadataByteCounts[document.path]
            )
            file.isArchive = packed.isOpened(document.path)
            if file.isArchive { archives[document.path] = file }
            files.append(file)
        }
        try Self.checkCollisions(files)
        let omissions = left.map { path, reason in
            ParameterFile.Omission(path: assignment.sanitizedPath(path, findings: findings[path] ?? []), reason: reason)
        }
        let (keeping, values) = Keeping.of(scan, in: files)
        return SanitizePlan(
            files: files,
            parameters: assignment.parameters,
            inheritedCount: inherited.parameters.count,
            omissions: omissions,
            assigned: assignment.assigned,
            values: values,
            keeping: keeping
        )
    }

    // MARK: - Steps

    /// One value at one place that is to be replaced.
    struct Replacement {
        /// The index of the finding.
        var finding: Int
        /// The index of the value in the scan.
        var value: Int
        /// The bytes of the value as they are at this place, decoded.
        var bytes: [UInt8]
        /// Where it stands, and how it is spelled there; nil where it stands in the path.
        var location: Location?
    }

    private func inheritedParameters(in documents: [Document]) throws(SanitizingError) -> ParameterFile {
        guard let document = documents.first(where: { $0.path == ParameterFile.name }) else {
            return ParameterFile(parameters: [], omissions: [])
        }
        do {
            return try ParameterFile(parsing: document.bytes)
        } catch {
            throw SanitizingError(.malformedParameters, at: document.path, "\(error.message)")
        }
    }

    private func omissionReason(path: String, contents: OmissionRules.Contents) -> String? {
        let omission = OmissionRules.omission(path: path, contents: contents)
        if let omission, omission.isFinal { return omission.reason }
        if policy.deed(withFile: path) == .omit { return "left out by the policy" }
        return policy.bringsBack(path) ? nil : omission?.reason
    }

    /// The findings of a document that are replaced, in the order of their places; of an image, those in its path.
    private static func replacements(
        in document: Document,
        findings: [Int],
        scan: ScanResult,
        values: ValueRepresentatives,
        spelling: SpellingMemory
    ) throws(SanitizingError) -> [Replacement] {
        var inPath: [Replacement] = []
        var claims: [ReplacementChoice.Claim] = []
        var bytes: [Int: [UInt8]] = [:]
        var pathEnd = 0
        let name = Array(document.path.utf8)
        let found = document.isBinary ? [] : findings.filter { scan.findings[$0].replacedLocation != nil }
        let text = found.isEmpty ? [] : document.bytes
        let given = found.compactMap { scan.findings[$0].replacedLocation }
        let spelled = spelling.locations(of: given, in: document, bytes: text)
        let locations = Dictionary(uniqueKeysWithValues: zip(found, spelled))
        for index in findings {
            let finding = scan.findings[index]
            if let span = finding.pathSpan {
                guard span.start >= pathEnd else { continue }
                pathEnd = span.end
                inPath.append(
                    Replacement(
                        finding: index,
                        value: values.representative(ofFinding: index),
                        bytes: Array(name[span.range])
                    )
                )
            } else if let location = locations[index] {
                let value = try read(location, of: text, at: document.path)
                bytes[index] = value.bytes
                claims.append(
                    ReplacementChoice.Claim(
                        location: location,
                        severity: finding.severity,
                        confidence: finding.confidence,
                        index: index,
                        innerTextCount: value.innerTextCount
                    )
                )
            }
        }
        let inText = ReplacementChoice.resolve(claims).sorted().map { index in
            Replacement(
                finding: index,
                value: values.representative(ofFinding: index),
                bytes: bytes[index] ?? [],
                location: locations[index]
            )
        }
        return inPath + inText
    }

    /// The value at a location, and the size of the innermost opaque text that it is in.
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

    private static func checkCollisions(_ files: [SanitizePlan.File]) throws(SanitizingError) {
        var seen: Set<String> = [ParameterFile.name]
        for file in files where !seen.insert(file.path).inserted {
            throw SanitizingError(.pathCollision, at: file.path, "two files would have this path when sanitized")
        }
    }
}

extension ResidueCheck.Value {
    /// What must not be left of a value that a scan found.
    init(_ value: KnownValue) {
        let boundary: ResidueCheck.Boundary
        switch value.matching {
        case .anywhere: boundary = .none
        case .wholeWord: boundary = .word
        case .address: boundary = value.bytes.contains(UInt8(ascii: ":")) ? .colonAddress : .ipv4Address
        case .domain, .email: boundary = .domain
        case .placeOnly: boundary = .never
        }
        self.init(
            label: value.kind.rawValue,
            bytes: value.bytes,
            ignoresCase: value.caseInsensitive,
            boundary: boundary,
            isSecret: value.kind.severity == .secret || value.rule == Decisions.wordRule,
            rule: value.rule
        )
    }
}
