internal import Detecting
internal import Documents
internal import Sanitizing
internal import ScrubjayKit

/// A report for programs, as specified in `docs/formats/report.md`.
struct ReportJSON {
    let report: SanitizeReport

    /// The format version that is written.
    static let schema = 1

    /// The UTF-8 bytes of the report.
    func serialized() -> [UInt8] {
        let value: JSONValue = [
            "schema": .integer(Self.schema),
            "tool": ["name": "scrubjay", "version": .string(Version.text)],
            "proof": proof,
            "totals": totals,
            "kinds": .array(report.kinds.map(Self.json)),
            "parameters": .array(report.parameters.map(Self.json)),
            "omitted": .array(report.omissions.map { ["path": .string($0.path), "reason": .string($0.reason)] }),
            "notes": .array(report.notes.map(Self.json)),
            "files": .array(report.files.map(Self.json)),
        ]
        return value.serialized(.indented)
    }

    private var proof: JSONValue {
        guard let evidence = report.evidence else { return .null }
        let residue = evidence.residue
        return [
            "values": .integer(residue.values), "forms": .integer(residue.forms), "files": .integer(residue.files),
            "bytes": .integer(residue.bytes), "left": .integer(residue.left),
            "rescannedFiles": .integer(evidence.rescannedFiles),
        ]
    }

    private var totals: JSONValue {
        let totals = report.totals
        return [
            "values": .integer(totals.values), "places": .integer(totals.places),
            "changedFiles": .integer(totals.changedFiles), "unchangedFiles": .integer(totals.unchangedFiles),
            "files": .integer(totals.files),
            "leftOut": .integer(totals.leftOut), "keptPlaces": .integer(totals.keptPlaces),
            "filesRead": .integer(totals.filesRead),
            "bytesRead": .integer(totals.bytesRead),
        ]
    }

    private static func json(_ count: SanitizeReport.KindCount) -> JSONValue {
        [
            "kind": .string(count.kind.rawValue), "severity": .string(count.severity.rawValue),
            "values": .integer(count.values), "places": .integer(count.places),
            "placesLeftOut": .integer(count.placesLeftOut),
        ]
    }

    private static func json(_ entry: SanitizeReport.ParameterEntry) -> JSONValue {
        let parameter = entry.parameter
        return [
            "name": .string(parameter.name), "kind": .string(parameter.kind.rawValue),
            "severity": .string(parameter.severity.rawValue), "description": .string(parameter.summary),
            "standIn": .string(parameter.standIn), "required": .bool(parameter.isRequired),
            "generator": parameter.generator?.json ?? .null, "origin": parameter.origin?.json ?? .null,
            "places": .integer(entry.places), "files": .integer(entry.files), "inherited": .bool(entry.isInherited),
        ]
    }

    private static func json(_ note: SanitizeReport.Note) -> JSONValue {
        [
            "path": .string(note.path), "line": note.line.map(JSONValue.integer) ?? .null,
            "message": .string(note.message),
        ]
    }

    private static func json(_ file: SanitizeReport.File) -> JSONValue {
        [
            "path": .string(file.pathText), "places": .integer(file.places),
            "severity": file.severity.map { .string($0.rawValue) } ?? .null, "copiedLink": .bool(file.isCopiedLink),
            "archive": .bool(file.isArchive),
            "removedMetadata": .integer(file.removedMetadata),
            "pathPieces": .array(file.path.map(json)),
            "hunks": .array(file.lines.hunks.map { .array($0.map(json)) }),
            "hiddenLines": .integer(file.lines.hiddenCount),
            "notShownBecause": file.lines.reasonForNone.map(JSONValue.string) ?? .null,
        ]
    }

    private static func json(_ line: SanitizeReport.Line) -> JSONValue {
        ["line": .integer(line.number), "pieces": .array(line.pieces.map(json))]
    }

    private static func json(_ piece: SanitizeReport.Piece) -> JSONValue {
        switch piece.content {
        case .unchanged: return ["text": .string(piece.text)]
        case .gap(let bytes): return ["gap": .integer(bytes)]
        case .continuation: return ["continued": .string(piece.text)]
        case .standIn(let standIn):
            return [
                "standIn": .string(piece.text), "parameters": .array(standIn.parameters.map(JSONValue.string)),
                "kinds": .array(standIn.kinds.map { .string($0.rawValue) }),
                "opaqueEncoding": standIn.opaqueEncoding.map(JSONValue.string) ?? .null,
            ]
        }
    }
}
