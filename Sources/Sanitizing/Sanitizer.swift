public import Detecting
public import Documents

/// Plans the sanitizing of a deployment: the files that stay, the values to replace, and their stand-ins.
public struct Sanitizer: Sendable {
    /// Returns how a fresh value is made for a value that some rules found; nil if only a person can provide one.
    public typealias GeneratorChoice = @Sendable (_ rules: [String], _ value: KnownValue) -> Parameter.Generator?

    let generator: GeneratorChoice
    let policy: PolicyFile

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
    ///   - leftOut: the reasons, by path, why some of them are left out whatever they contain, such as links and
    ///     sockets.
    ///   - known: the values of earlier runs, which keep their stand-ins and names.
    ///   - spelling: what earlier plans for the same documents determined about the spelling of their places.
    /// - Returns: the plan; nothing has been written.
    /// - Throws: ``SanitizingError``: `exhausted`, `irreplaceable`, `ambiguousName`, `pathCollision` or
    ///   `malformedParameters`.
    public func plan(
        documents: [Document],
        scan: ScanResult,
        packed: PackedFiles = PackedFiles(),
        leftOut: [String: String] = [:],
        known: [SealedMap.Value] = [],
        spelling: SpellingMemory = SpellingMemory()
    ) throws(SanitizingError) -> SanitizePlan {
        let inherited = try inheritedParameters(in: documents)
        let examined = examine(documents, packed: packed, leftOut: leftOut)
        let choice = FileChoice(documents, packed: packed) { examined.reasons[$0.path] }
        let left = inherited.omissions.map { (path: $0.path, reason: $0.ruleReason) } + choice.left
        let reader = ReplacementReader(scan, spelling: spelling)
        let replacements = try reader.replacements(in: choice.kept)
        // The paths of left-out files are listed, so the values in them need stand-ins, too.
        let inPathsLeftOut = try left.map { path, _ throws(SanitizingError) in try reader.replacements(inPath: path) }
        let (assignment, files) = try assigned(
            Assigning(
                scan: scan,
                known: known,
                inherited: inherited,
                packed: packed,
                kept: Array(zip(choice.kept, replacements)),
                others: inPathsLeftOut.flatMap(\.self),
                metadataByteCounts: examined.metadataByteCounts
            )
        )
        let (keeping, values) = Keeping.of(scan, in: files)
        return SanitizePlan(
            files: files,
            parameters: assignment.parameters,
            inheritedCount: inherited.parameters.count,
            omissions: left.map { path, reason in
                let sanitized = assignment.sanitizedPath(path, findings: reader.findings(at: path))
                return SanitizePlan.Omission(
                    source: path,
                    path: sanitized,
                    reason: reason.text,
                    isMadeAfresh: reason.isMadeAfresh
                )
            },
            inheritedOmissionCount: inherited.omissions.count,
            assigned: assignment.assigned,
            values: values,
            keeping: keeping
        )
    }

    // MARK: - Steps

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

    private func omissionReason(path: String, contents: OmissionRules.Contents) -> OmissionRules.Reason? {
        let omission = OmissionRules.omission(path: path, contents: contents)
        if let omission, omission.isFinal { return omission.reason }
        if policy.deed(withFile: path) == .omit { return .init("left out by the policy") }
        return policy.bringsBack(path) ? nil : omission?.reason
    }

    /// Returns why files are left out, by their paths, and the number of bytes that images lose.
    private func examine(
        _ documents: [Document],
        packed: PackedFiles,
        leftOut: [String: String]
    ) -> (reasons: [String: OmissionRules.Reason], metadataByteCounts: [String: Int]) {
        // Images are parsed once, to find out whether they stay and what they lose.
        let contents = documents.concurrentMap { document in
            packed.archiveContents(at: document.path) ?? OmissionRules.contents(of: document)
        }
        var reasons = leftOut.mapValues { OmissionRules.Reason($0) }
        var metadataByteCounts: [String: Int] = [:]
        for (document, contents) in zip(documents, contents) where leftOut[document.path] == nil {
            if case .image(let count) = contents { metadataByteCounts[document.path] = count }
            reasons[document.path] = omissionReason(path: document.path, contents: contents)
        }
        return (reasons, metadataByteCounts)
    }
}
