internal import Collecting
internal import Detecting
internal import ScrubjayKit

/// Writes findings for people: grouped by file, worst first in the summary.
struct ScanText {
    /// Whether severities are coloured.
    var showsColour: Bool

    /// Writes the findings, a line each under their file.
    func write(_ report: Scan.Report, to console: Console) {
        var path: String?
        let findings = report.result.findings
        let width = findings.map { $0.kind.rawValue.utf8.count }.max() ?? 0
        for finding in findings {
            if finding.path != path {
                if path != nil { console.print("") }
                console.print(bold(Printable.text(finding.path)))
                path = finding.path
            }
            let place = finding.line == 0 ? "name" : "\(finding.line):\(finding.column)"
            let fields = [
                padded(place, to: 9),
                padded(finding.kind.rawValue, to: width),
                coloured(padded(finding.severity.rawValue, to: 14), finding.severity),
                Printable.text(finding.mask),
            ]
            console.print("  " + fields.joined(separator: "  ") + "  (\(finding.rule))")
        }
    }

    /// Says how much was read, what was found, and what could not be read.
    static func summarize(_ report: Scan.Report, console: Console) {
        for note in report.notes {
            let line = note.line.map { ":\($0)" } ?? ""
            console.say("note: \(Printable.text(note.path))\(line): \(note.message)")
        }
        for skipped in report.skipped {
            console.say("passed over: \(Printable.text(skipped.path)) (\(skipped.reason))")
        }
        for failure in report.failures {
            console.say("not read: \(Printable.text(failure.path)): \(failure.message)")
        }
        let findings = report.result.findings
        let read = "\(Count.of(report.fileCount, "file")), \(Count.bytes(report.byteCount))"
        guard !findings.isEmpty else {
            console.say("nothing found in \(read)")
            return
        }
        let bySeverity = Severity.allCases.sorted(by: >).compactMap { severity -> String? in
            let number = findings.count { $0.severity == severity }
            return number == 0 ? nil : "\(number) \(severity.rawValue)"
        }
        let values = Set(report.result.findings.map(\.fingerprint)).count
        let places = Count.of(findings.count, "place")
        console.say(
            "found \(Count.of(values, "value")) in \(places) (\(bySeverity.joined(separator: ", "))) of \(read)"
        )
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }

    private func bold(_ text: String) -> String { showsColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    private func coloured(_ text: String, _ severity: Severity) -> String {
        guard showsColour else { return text }
        let code =
            switch severity {
            case .secret: "31"
            case .personal: "33"
            case .infrastructure: "36"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
