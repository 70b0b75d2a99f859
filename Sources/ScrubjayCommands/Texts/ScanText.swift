internal import Collecting
internal import Detecting
internal import ScrubjayKit

/// Writes findings for people: grouped by file, one a line.
struct ScanText: ScanReporter {
    private let console: Console
    private var isFirst = true

    init(console: Console) { self.console = console }

    /// Writes the findings of a file, without those repeated from an earlier version.
    mutating func report(_ file: ScannedFile) {
        let items = file.items.filter { !$0.isRepeated }
        guard !items.isEmpty else { return }
        var lines = isFirst ? [] : [""]
        isFirst = false
        lines.append(bold(Printable.text(file.path)) + Self.origin(file.origin))
        let width = items.map { $0.finding.kind.rawValue.utf8.count }.max() ?? 0
        lines += items.map { line($0.finding, kindWidth: width) }
        console.output(lines.flatMap { Array(($0 + "\n").utf8) })
    }

    mutating func end(_ summary: Scan.Summary) {}

    private func line(_ finding: Finding, kindWidth: Int) -> String {
        let place = finding.line == 0 ? "name" : "\(finding.line):\(finding.column)"
        let fields = [
            padded(place, to: 9),
            padded(finding.kind.rawValue, to: kindWidth),
            coloured(padded(finding.severity.rawValue, to: 14), finding.severity),
            Printable.text(finding.mask),
        ]
        return "  " + fields.joined(separator: "  ") + "  (\(Self.reason(for: finding)))"
    }

    /// Returns the rule of a finding, and whether it applies to another place with the same value.
    private static func reason(for finding: Finding) -> String {
        finding.isCarried && finding.rule != Decisions.wordRule ? "found elsewhere by \(finding.rule)" : finding.rule
    }

    /// The origin of a file in a history; empty for a staged file.
    private static func origin(_ origin: SourceFile.Origin?) -> String {
        guard let commit = origin?.commit else { return "" }
        return "  (first in commit \(commit.prefix(12)))"
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }

    private func bold(_ text: String) -> String { console.showsColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    private func coloured(_ text: String, _ severity: Severity) -> String {
        guard console.showsColour else { return text }
        let code =
            switch severity {
            case .secret: "31"
            case .personal: "33"
            case .infrastructure: "36"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
