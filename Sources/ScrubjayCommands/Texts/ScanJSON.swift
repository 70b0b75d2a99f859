internal import Collecting
internal import Detecting
internal import Documents
internal import ScrubjayKit

/// Writes findings for machines, with the field names of the command line's specification.
struct ScanJSON: ScanReporter {
    /// How the findings are put together.
    enum Layout {
        /// One array, a finding an element.
        case array
        /// One object a line.
        case lines
    }

    private let layout: Layout
    private let output: ([UInt8]) -> Void
    private var isFirst = true

    init(_ layout: Layout, output: @escaping ([UInt8]) -> Void) {
        self.layout = layout
        self.output = output
    }

    mutating func report(_ file: ScannedFile) {
        var bytes: [UInt8] = []
        for item in file.items {
            let value = Self.value(item.finding, in: file)
            switch layout {
            case .lines: bytes += value.serialized(.line)
            case .array:
                bytes += (isFirst ? "[\n  " : ",\n  ").utf8
                // A line feed stands between members alone: inside of a string it is escaped.
                let lines = value.serialized(.indented).dropLast().split(separator: UInt8(ascii: "\n"))
                bytes += lines.joined(separator: Array("\n  ".utf8))
            }
            if layout == .lines { bytes.append(UInt8(ascii: "\n")) }
            isFirst = false
        }
        output(bytes)
    }

    mutating func end(_ summary: Scan.Summary) {
        if layout == .array { output(Array((isFirst ? "[]\n" : "\n]\n").utf8)) }
    }

    /// `start` and `end` are bytes of the file; a finding in the path itself has `pathStart` and `pathEnd` in their
    /// place, bytes of the path, and no line.
    private static func value(_ finding: Finding, in file: ScannedFile) -> JSONValue {
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
        let origin = [("commit", file.origin?.commit), ("blob", file.origin?.blob)].compactMap { name, id in
            id.map { JSONValue.Member(name, .string($0)) }
        }
        return .object([JSONValue.Member("path", .string(finding.path))] + place + claim + origin)
    }
}
