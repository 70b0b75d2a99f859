internal import Collecting
internal import Detecting
internal import Documents
internal import ScrubjayKit

/// Writes findings for machines, with the field names of the command line's specification.
struct ScanJSON: ScanReporter {
    /// The layout of the findings.
    enum Layout {
        /// One array with a finding as each element.
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
        switch layout {
        case .lines: output(Self.lines(of: file))
        case .array: output(elements(of: file))
        }
    }

    mutating func end(_ summary: Scan.Summary) {
        if layout == .array { output(Array((isFirst ? "[]\n" : "\n]\n").utf8)) }
    }

    /// The approximate length of a line in bytes.
    private static let usualLine = 320

    /// Returns the findings of a file as lines; a tree may have half a million.
    private static func lines(of file: ScannedFile) -> [UInt8] {
        var writer = JSONLineWriter(capacity: file.items.count * usualLine)
        for item in file.items {
            writer.begin()
            describe(item.finding, in: file) {
                writer.member($0, $1)
            } number: {
                writer.member($0, $1)
            }
            writer.end()
        }
        return writer.bytes
    }

    private mutating func elements(of file: ScannedFile) -> [UInt8] {
        var bytes: [UInt8] = []
        for item in file.items {
            var members: [JSONValue.Member] = []
            Self.describe(item.finding, in: file) {
                members.append(JSONValue.Member($0, .string($1)))
            } number: {
                members.append(JSONValue.Member($0, .integer($1)))
            }
            bytes += (isFirst ? "[\n  " : ",\n  ").utf8
            isFirst = false
            // Line feeds only occur between members; inside a string they are escaped.
            let lines = JSONValue.object(members).serialized(.indented).dropLast().split(separator: UInt8(ascii: "\n"))
            bytes += lines.joined(separator: Array("\n  ".utf8))
        }
        return bytes
    }

    /// Delivers the members of a finding in order.
    ///
    /// `start` and `end` are byte offsets in the file. A finding in the path itself has no line, and has `pathStart`
    /// and `pathEnd` instead, which are byte offsets in the path.
    private static func describe(
        _ finding: Finding,
        in file: ScannedFile,
        text: (String, String) -> Void,
        number: (String, Int) -> Void
    ) {
        text("path", finding.path)
        if let span = finding.location?.fileSpan {
            number("start", span.start)
            number("end", span.end)
            number("line", finding.line)
            number("column", finding.column)
        } else {
            number("pathStart", finding.pathSpan?.start ?? 0)
            number("pathEnd", finding.pathSpan?.end ?? 0)
        }
        text("rule", finding.rule)
        text("kind", finding.kind.rawValue)
        text("severity", finding.severity.rawValue)
        text("confidence", finding.confidence.rawValue)
        text("fingerprint", finding.fingerprint)
        text("mask", finding.mask)
        if let commit = file.origin?.commit { text("commit", commit) }
        if let blob = file.origin?.blob { text("blob", blob) }
    }
}
