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

    /// `start` and `end` are bytes of the file; of a finding in the path itself they are bytes of the path, and `line` is 0.
    private static func value(_ finding: Finding) -> JSONValue {
        let span = finding.location?.fileSpan ?? finding.pathSpan ?? Span(0, 0)
        return [
            "path": .string(finding.path),
            "start": .integer(span.start),
            "end": .integer(span.end),
            "line": .integer(finding.line),
            "column": .integer(finding.column),
            "rule": .string(finding.rule),
            "kind": .string(finding.kind.rawValue),
            "severity": .string(finding.severity.rawValue),
            "confidence": .string(finding.confidence.rawValue),
            "fingerprint": .string(finding.fingerprint),
            "mask": .string(finding.mask),
        ]
    }
}
