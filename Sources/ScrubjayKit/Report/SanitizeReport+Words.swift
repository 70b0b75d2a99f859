internal import Detecting
internal import Documents
internal import Sanitizing

extension SanitizeReport {
    /// An empty report with one entry of each type; all of its words are fixed words of the form.
    public static let ofNothing: SanitizeReport = {
        let kinds = Kind.allCases
        let standIn = StandIn(parameters: [""], kinds: kinds, opaqueEncoding: "")
        let contents: [Piece.Content] = [.unchanged, .standIn(standIn), .continuation, .gap(bytes: 2)]
        let pieces = contents.map { Piece(content: $0, text: "") }
        let shown = Lines(hunks: [[Line(number: 1, pieces: pieces)]], hiddenCount: 2)
        let lines = [shown, Lines(reasonForNone: "")]
        func parameter(_ kind: Kind, _ origin: Parameter.Origin?) -> ParameterEntry {
            let parameter = Parameter(
                name: "",
                kind: kind,
                severity: kind.severity,
                summary: "",
                standIn: "",
                isRequired: origin == nil,
                generator: .hex(bytes: 16),
                origin: origin
            )
            return ParameterEntry(parameter: parameter, places: 2, files: 2, isInherited: origin != nil)
        }
        let origin = Parameter.Origin(parameter: "", derivation: .uppercased)
        return SanitizeReport(
            totals: Totals(
                values: 2,
                places: 2,
                changedFiles: 2,
                unchangedFiles: 2,
                files: 2,
                leftOut: 2,
                keptPlaces: 2,
                filesRead: 2,
                bytesRead: 2
            ),
            kinds: kinds.map { KindCount(kind: $0, severity: $0.severity, values: 2, places: 2, placesLeftOut: 2) },
            files: lines.map {
                File(
                    path: pieces,
                    places: 2,
                    severity: .secret,
                    isCopiedLink: true,
                    isArchive: true,
                    removedMetadata: 2,
                    lines: $0
                )
            },
            parameters: kinds.flatMap { [parameter($0, nil), parameter($0, origin)] },
            omissions: [ParameterFile.Omission(path: "", reason: "")],
            notes: [Note(path: "", line: 2, message: "")],
            evidence: Evidence(residue: ResidueCheck.Proof(), rescannedFiles: 2)
        )
    }()

    /// The texts that the report shows of the deployment, one per line.
    var textsOfDeployment: [UInt8] {
        var texts = files.map(\.pathText) + omissions.map(\.path) + notes.map(\.path)
        for line in files.flatMap(\.lines.hunks).joined() { texts.append(line.pieces.map(\.text).joined()) }
        for entry in parameters { texts += [entry.parameter.name, entry.parameter.standIn] }
        return Array(texts.joined(separator: "\n").utf8)
    }
}
