public import Detecting
public import Documents

/// Plans the sanitizing of a deployment: the files that stay, the values to replace, and their stand-ins.
public struct Sanitizer: Sendable {
    /// Returns how a fresh value is made for a value that some rules found; nil if only a person can provide one.
    public typealias GeneratorChoice = @Sendable (_ rules: [String], _ value: KnownValue) -> Parameter.Generator?

    private let generator: GeneratorChoice
    private let policy: PolicyFile

    /// Makes a sanitizer that uses `generator` for fresh secrets and `policy` for the owner's decisions.
    public init(policy: PolicyFile = PolicyFile(), generator: @escaping GeneratorChoice) {
        self.policy = policy
        self.generator = generator
    }

    /// Plans the replacement of all findings of `scan` in `documents`.
    ///
    /// - Parameters:
    ///   - documents: all files of the deployment.
    ///   - scan: the result of scanning exactly these documents.
    ///   - packed: the archives among them, and the files in those.
    ///   - leftOut: the reasons, by path, why some of them are left out regardless of content: links, sockets.
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
        // Images are parsed once, to find out whether they stay and what they lose.
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
        // The paths of left-out files are listed, so the values in them need stand-ins, too.
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
            inheritedOmissionCount: inherited.omissions.count,
            assigned: assignment.assigned,
            values: values,
            keeping: keeping
        )
    }

    // MARK: - Steps

    /// One value to replace at one place.
    struct Replacement {
        /// The index of the finding.
        var finding: Int
        /// The index of the value in the scan.
        var value: Int
        /// The decoded bytes of the value at this place.
        var bytes: [UInt8]
        /// Its place and encoding; nil if it is in the path.
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

    /// Returns the findings to replace in a document, in order of their places; for an image, only those in its path.
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

    private static func checkCollisions(_ files: [SanitizePlan.File]) throws(SanitizingError) {
        var seen: Set<String> = [ParameterFile.name]
        for file in files where !seen.insert(file.path).inserted {
            throw SanitizingError(.pathCollision, at: file.path, "two files would have this path when sanitized")
        }
    }
}

extension ResidueCheck.Value {
    /// Describes what must not be left of a value.
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
