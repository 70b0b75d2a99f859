internal import Detecting
internal import Sanitizing
internal import ScrubjayKit

/// A report as a summary for a pull request, in GitHub Flavored Markdown.
struct ReportMarkdown {
    let report: SanitizeReport

    /// The maximum length of a list; the number of further entries is stated.
    private static let longest = 40

    /// The bytes of the summary.
    func serialized() -> [UInt8] {
        let text = ReportText(report: report)
        var lines = ["## \(ReportText.title)", "", "**\(Self.prose(text.deed))** \(Self.prose(text.verdict))", ""]
        lines += proof + kinds + parameters + omissions + notes
        lines += [Self.prose(ReportText.byHand), ""]
        return Array(lines.joined(separator: "\n").utf8)
    }

    private var proof: [String] {
        guard let evidence = report.evidence else { return [] }
        let residue = evidence.residue
        return [
            "- searched for: \(Count.of(residue.values, "value")) in \(Count.of(residue.forms, "form")), in "
                + "\(Count.of(residue.files, "file")), \(Count.bytes(residue.bytes))",
            "- left: \(residue.left)",
            "- scanned again: \(Count.of(evidence.rescannedFiles, "file")), nothing found",
        ] + kept + [""]
    }

    private var kept: [String] {
        let places = report.totals.keptPlaces
        return places == 0 ? [] : ["- kept by the policy: \(Count.of(places, "place"))"]
    }

    private var kinds: [String] {
        // Values that occur only in left-out files are irrelevant to readers of what is published.
        let kinds = report.kinds.filter { $0.places > 0 }
        guard !kinds.isEmpty else { return [] }
        return ["| kind | severity | values | places |", "|---|---|--:|--:|"]
            + kinds.map {
                "| \(KindText.word($0.kind)) | \($0.severity.rawValue) | \(Count.grouped($0.values)) | "
                    + "\(Count.grouped($0.places)) |"
            } + [""]
    }

    private var parameters: [String] {
        let asked = report.parameters.filter { $0.parameter.isRequired && $0.parameter.origin == nil }
        guard !asked.isEmpty else { return [] }
        return ["### To fill in", "", "| parameter | what | how |", "|---|---|---|"]
            + asked.prefix(Self.longest).map { entry in
                "| \(Self.code(entry.parameter.name)) | \(Self.prose(entry.parameter.summary)) | "
                    + "\(ReportText.filling(entry)) |"
            } + Self.rest(asked.count) + [""]
    }

    private var omissions: [String] {
        guard !report.omissions.isEmpty else { return [] }
        return ["### Left out", ""]
            + report.omissions.prefix(Self.longest).map { "- \(Self.code($0.path)): \(Self.prose($0.reason))" }
            + Self.rest(report.omissions.count) + [""]
    }

    private var notes: [String] {
        guard !report.notes.isEmpty else { return [] }
        return ["### Notes", ""]
            + report.notes.prefix(Self.longest).map { note in
                let line = note.line.map { ", line \($0)" } ?? ""
                return "- \(Self.code(note.path))\(line): \(Self.prose(note.message))"
            } + Self.rest(report.notes.count) + [""]
    }

    private static func rest(_ count: Int) -> [String] {
        count > longest ? ["", "\(Count.grouped(count - longest)) more are in parameters.json."] : []
    }

    // MARK: - Escaping

    /// Returns a file's text as a code span, in which nothing is markup, a link or a mention (CommonMark 0.31.2,
    /// section 6.1).
    ///
    /// The fence is longer than any run of backticks inside. A bar would end a table cell even there, and escaping it
    /// with a backslash fails after another backslash, so it is shown as `\u{7c}`.
    static func code(_ text: String) -> String {
        let text = Printable.text(text).replacing("|", with: "\\u{7c}")
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        // One space on either side is stripped if both are present.
        let needsSpace = text.isEmpty || text.hasPrefix("`") || text.hasSuffix("`") || text.hasPrefix(" ")
        return needsSpace ? "\(fence) \(text) \(fence)" : fence + text + fence
    }

    /// Returns a sentence with a backslash before every character that could be markup, a link or a mention (section
    /// 2.4).
    ///
    /// An underscore inside a word cannot (section 6.2), nor can a colon without a slash after it. GitHub links
    /// addresses regardless of escapes, so a sentence with one becomes a code span.
    static func prose(_ text: String) -> String {
        if text.contains("@") || text.lowercased().contains("www.") { return code(text) }
        let characters = Array(Printable.text(text))
        func isWord(_ index: Int) -> Bool {
            characters.indices.contains(index) && (characters[index].isLetter || characters[index].isNumber)
        }
        var result = ""
        for (index, character) in characters.enumerated() {
            let isMarkup =
                switch character {
                case "_": !(isWord(index - 1) && isWord(index + 1))
                case ":": characters.dropFirst(index + 1).first == "/"
                default: "\\`*{}[]<>()#+!|~&".contains(character)
                }
            result += (isMarkup ? "\\" : "") + String(character)
        }
        return result
    }
}
