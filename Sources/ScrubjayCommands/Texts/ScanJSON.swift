internal import Detecting
internal import Documents

/// Writes findings for machines, with the field names of the command line's specification.
enum ScanJSON {
    /// One array, a finding an element.
    static func array(_ findings: [Finding]) -> [UInt8] {
        JSONValue.array(findings.map(value)).serialized(.indented)
    }

    /// One object a line.
    static func lines(_ findings: [Finding]) -> [UInt8] {
        findings.flatMap { value($0).serialized(.line) + [UInt8(ascii: "\n")] }
    }

    /// `start` and `end` are bytes of the file; a finding in the path itself has `pathStart` and `pathEnd` in their
    /// place, bytes of the path, and no line.
    private static func value(_ finding: Finding) -> JSONValue {
        let place: [JSONValue.Member] =
            if let span = finding.location?.fileSpan {
                [
                    JSONValue.Member("start", .integer(span.start)), JSONValue.Member("end", .integer(span.end)),
                    JSONValue.Member("line", .integer(finding.line)),
                    JSONValue.Member("column", .integer(finding.column)),
                ]
            } else {
                [
                    JSONValue.Member("pathStart", .integer(finding.pathSpan?.start ?? 0)),
                    JSONValue.Member("pathEnd", .integer(finding.pathSpan?.end ?? 0)),
                ]
            }
        let claim: [JSONValue.Member] = [
            JSONValue.Member("rule", .string(finding.rule)),
            JSONValue.Member("kind", .string(finding.kind.rawValue)),
            JSONValue.Member("severity", .string(finding.severity.rawValue)),
            JSONValue.Member("confidence", .string(finding.confidence.rawValue)),
            JSONValue.Member("fingerprint", .string(finding.fingerprint)),
            JSONValue.Member("mask", .string(finding.mask)),
        ]
        return .object([JSONValue.Member("path", .string(finding.path))] + place + claim)
    }
}
