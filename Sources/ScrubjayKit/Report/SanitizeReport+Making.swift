internal import Archive
internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing

extension SanitizeReport {
    /// Makes the report of a run, or of a dry run.
    ///
    /// The sanitized files are made again in memory from the same plan, which gives the same bytes.
    ///
    /// - Parameters:
    ///   - preparation: the planned run.
    ///   - outcome: the result of the run; nil if nothing was written.
    ///   - limits: how much text is shown.
    /// - Throws: ``SanitizingError`` `irreplaceable` if a document cannot take an edit.
    public init(
        _ preparation: Sanitize.Preparation,
        outcome: Sanitize.Outcome?,
        limits: Limits = Limits()
    ) throws {
        let plan = preparation.plan
        var making = Making(plan: plan, limits: limits)
        let links = Set(preparation.copiedLinks)
        files = []
        for file in plan.files {
            var entry = try making.entry(of: file, original: preparation.documents[file.source])
            entry.isCopiedLink = links.contains(file.source)
            files.append(entry)
        }
        files.sort { $0.pathText.utf8.lexicographicallyPrecedes($1.pathText.utf8) }
        parameters = making.parameters()
        omissions = plan.omissions.map {
            .init(path: EscapedText($0.path.utf8, keepingTabs: true).text, reason: $0.reason)
        }
        .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        notes = Self.notes(of: preparation)
        kinds = Self.kinds(of: preparation)
        evidence = outcome.map { Evidence(residue: $0.proof, rescannedFiles: $0.rescannedFiles) }
        totals = Totals(
            values: plan.parameters.count - plan.inheritedCount,
            places: plan.replacementCount,
            changedFiles: files.count { $0.places > 0 },
            unchangedFiles: files.count { !$0.isChanged },
            files: files.count,
            leftOut: omissions.count,
            keptPlaces: plan.keeping.places.values.reduce(0, +),
            filesRead: preparation.report.fileCount,
            bytesRead: preparation.report.byteCount
        )
    }

    /// Returns the notes on files that stay, under their sanitized paths.
    ///
    /// A file that is left out is listed with its own reason.
    private static func notes(of preparation: Sanitize.Preparation) -> [Note] {
        let paths = Dictionary(preparation.plan.files.map { ($0.source, $0.path) }) { first, _ in first }
        return preparation.report.notes.compactMap { note in
            paths[note.path].map {
                Note(path: EscapedText($0.utf8, keepingTabs: true).text, line: note.line, message: note.message)
            }
        }
    }

    private static func kinds(of preparation: Sanitize.Preparation) -> [KindCount] {
        struct Key: Hashable {
            var kind: Kind
            var severity: Severity
        }
        let plan = preparation.plan
        var counts: [Key: KindCount] = [:]
        func count(_ kind: Kind, _ severity: Severity, _ member: WritableKeyPath<KindCount, Int>) {
            let empty = KindCount(kind: kind, severity: severity, values: 0, places: 0, placesLeftOut: 0)
            counts[Key(kind: kind, severity: severity), default: empty][keyPath: member] += 1
        }
        for parameter in plan.parameters.dropFirst(plan.inheritedCount) {
            count(parameter.kind, parameter.severity, \.values)
        }
        for file in plan.files {
            for index in plan.newParameters(in: file) {
                count(plan.parameters[index].kind, plan.parameters[index].severity, \.places)
            }
        }
        let staying = Set(plan.files.map(\.source))
        for finding in preparation.report.result.findings where !staying.contains(finding.path) {
            count(finding.kind, finding.severity, \.placesLeftOut)
        }
        return counts.values.sorted {
            ($1.severity, $1.places, $1.placesLeftOut, $0.kind.rawValue)
                < ($0.severity, $0.places, $0.placesLeftOut, $1.kind.rawValue)
        }
    }
}

extension SanitizePlan {
    /// Returns the parameter indexes of all replacements in a file, except stand-ins that were there before.
    fileprivate func newParameters(in file: File) -> [Int] {
        (file.standInsInPath.map(\.parameter) + file.parameterOfEdit).filter { $0 >= inheritedCount }
    }
}

/// The shared state for making the entries of all files.
private struct Making {
    private let plan: SanitizePlan
    private let limits: SanitizeReport.Limits
    /// Finds the values; made only if there are lines to show.
    private lazy var check = ResidueCheck(values: plan.values)
    /// The number of changed lines that may still be shown.
    private var linesLeft: Int
    private var places: [Int: Int] = [:]
    private var files: [Int: Int] = [:]

    init(plan: SanitizePlan, limits: SanitizeReport.Limits) {
        self.plan = plan
        self.limits = limits
        linesLeft = limits.changedLines
    }

    mutating func entry(of file: SanitizePlan.File, original: Document?) throws -> SanitizeReport.File {
        let all = file.standInsInPath.map(\.parameter) + file.parameterOfEdit
        for index in all { places[index, default: 0] += 1 }
        for index in Set(all) { files[index, default: 0] += 1 }
        let new = plan.newParameters(in: file)
        return SanitizeReport.File(
            path: path(of: file),
            places: new.count,
            severity: new.map { plan.parameters[$0].severity }.max(),
            isCopiedLink: false,
            isArchive: file.isArchive,
            removedMetadata: file.metadataByteCount ?? 0,
            lines: new.isEmpty ? SanitizeReport.Lines() : try lines(of: file, original: original)
        )
    }

    private mutating func lines(of file: SanitizePlan.File, original: Document?) throws -> SanitizeReport.Lines {
        guard let original else { preconditionFailure("a plan names the files that it was made from") }
        let result = try plan.apply(file, to: original)
        let marks = result.places.compactMap { place, parameter -> ReportLines.Mark? in
            // A stand-in of an earlier run is in the original as well, so it is ordinary text.
            guard parameter >= plan.inheritedCount, let location = place.location else { return nil }
            return ReportLines.Mark(span: location.fileSpan, standIn: standIn(parameter, at: location))
        }
        var lines = ReportLines(bytes: result.bytes, marks: marks, limits: limits).lines(atMost: linesLeft)
        lines.hide(by: check)
        linesLeft -= lines.hunks.reduce(0) { $0 + $1.count(where: \.isChanged) }
        return lines
    }

    private func path(of file: SanitizePlan.File) -> [SanitizeReport.Piece] {
        let bytes = Array(file.path.utf8)
        var pieces: [SanitizeReport.Piece] = []
        var position = 0
        func add(_ end: Int, _ content: SanitizeReport.Piece.Content) {
            guard end > position else { return }
            pieces.append(.init(content: content, text: EscapedText(bytes[position..<end], keepingTabs: true).text))
            position = end
        }
        for (span, parameter) in file.standInsInPath.sorted(by: { $0.span < $1.span })
        where parameter >= plan.inheritedCount && span.start >= position {
            add(span.start, .unchanged)
            add(span.end, .standIn(standIn(parameter, at: nil)))
        }
        add(bytes.count, .unchanged)
        return pieces
    }

    private func standIn(_ parameter: Int, at location: Location?) -> SanitizeReport.StandIn {
        let isOpaque = (location?.steps.count ?? 0) > 1
        return SanitizeReport.StandIn(
            parameters: [plan.parameters[parameter].name],
            kinds: [plan.parameters[parameter].kind],
            opaqueEncoding: isOpaque ? location?.steps.first?.encodings.last?.rawValue : nil
        )
    }

    /// Returns the parameters used in the files that stay, and those that another one depends on.
    func parameters() -> [SanitizeReport.ParameterEntry] {
        let used = plan.parameters.indices.filter { places[$0] != nil }
        let origins = Set(used.compactMap { plan.parameters[$0].origin?.parameter })
        return plan.parameters.indices.compactMap { index in
            let parameter = plan.parameters[index]
            guard places[index] != nil || origins.contains(parameter.name) else { return nil }
            return SanitizeReport.ParameterEntry(
                parameter: parameter,
                places: places[index] ?? 0,
                files: files[index] ?? 0,
                isInherited: index < plan.inheritedCount
            )
        }.sorted { $0.parameter.name < $1.parameter.name }
    }
}
