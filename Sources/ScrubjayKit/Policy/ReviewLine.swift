internal import Detecting
internal import Documents
internal import Sanitizing

/// A line of a file before and after sanitizing, with secrets masked.
struct ReviewLine {
    /// The current line; secrets are shown as their masks in ‹ ›.
    private(set) var before = ""
    /// The sanitized line; secrets that are kept are shown as their masks.
    private(set) var after = ""

    /// The number of bytes shown on each side of the value.
    private static let reach = 80

    /// A part of the line that is shown differently.
    private struct Part {
        var span: Span
        var before: [UInt8]?
        var after: [UInt8]?
    }

    init(around span: Span, in document: Document, _ preparation: Sanitize.Preparation) {
        let bytes = document.bytes
        let start = bytes[..<span.start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let end = bytes[span.start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        let line = Span(max(start, span.start - Self.reach), min(end, max(span.end, span.start + 1) + Self.reach))
        let parts = Self.parts(of: document.path, preparation).filter { $0.span.overlaps(line) }
            .sorted { ($0.span.start, -$0.span.count) < ($1.span.start, -$1.span.count) }
        before = Self.text(of: bytes, line, parts.filter { $0.before != nil }, \.before)
        after = Self.text(of: bytes, line, parts.filter { $0.after != nil }, \.after)
    }

    /// Returns the parts of a file that are shown differently.
    private static func parts(of path: String, _ preparation: Sanitize.Preparation) -> [Part] {
        let result = preparation.report.result
        var parts: [Part] = []
        let kept = result.kept.map(\.finding)
        for finding in result.findings where finding.path == path && finding.severity == .secret {
            guard let location = finding.location else { continue }
            parts.append(Part(span: location.fileSpan, before: masked(finding)))
        }
        for finding in kept where finding.path == path && finding.severity == .secret {
            guard let location = finding.location else { continue }
            parts.append(Part(span: location.fileSpan, before: masked(finding), after: masked(finding)))
        }
        for file in preparation.plan.files where file.source == path {
            for edit in file.edits {
                let isPlain = edit.location.steps.count == 1
                let text = isPlain ? edit.replacement : Array("‹rewritten›".utf8)
                parts.append(Part(span: edit.location.fileSpan, after: text))
            }
        }
        return parts
    }

    private static func masked(_ finding: Finding) -> [UInt8] { Array("‹\(finding.mask)›".utf8) }

    /// Returns the bytes of `line` with the parts as they are shown.
    ///
    /// If parts overlap, the first one takes precedence.
    private static func text(
        of bytes: [UInt8],
        _ line: Span,
        _ parts: [Part],
        _ shown: KeyPath<Part, [UInt8]?>
    ) -> String {
        var text: [UInt8] = []
        var position = line.start
        for part in parts where part.span.end > position {
            if part.span.start > position { text += bytes[position..<min(part.span.start, line.end)] }
            // A part that overlaps an earlier one is hidden as completely as it would be alone.
            if part.span.start >= position || position == line.start { text += part[keyPath: shown] ?? [] }
            position = max(position, min(part.span.end, line.end))
        }
        text += bytes[position..<line.end]
        return String(decoding: text, as: UTF8.self)
    }
}
