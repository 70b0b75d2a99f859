internal import ArgumentParser
internal import ScrubjayKit
internal import SystemPackage

/// The option of a verb that writes reports.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "Write a report without values: .html, .json or .md; may be repeated.",
            discussion: "With --force, an existing file is replaced. With --dry-run, the report shows the plan.",
            valueName: "file"
        ),
        transform: { text in
            guard let file = ReportFile(path: FilePath(text)) else {
                throw ValidationError("the name of a report must end in .html, .json or .md")
            }
            return file
        }
    )
    var files: [ReportFile] = []

    /// Makes the report and writes it to every given file.
    func write(_ preparation: Sanitize.Preparation, outcome: Sanitize.Outcome?, force: Bool, console: Console) throws {
        guard !files.isEmpty else { return }
        let report = try SanitizeReport(preparation, outcome: outcome)
        for file in files {
            try file.write(
                Self.bytes(of: report, as: file.form),
                of: report,
                words: Self.bytes(of: .ofNothing, as: file.form),
                about: preparation,
                replacing: force
            )
            console.say("the report is in \(Printable.text(file.path.string))")
        }
    }
    private static func bytes(of report: SanitizeReport, as form: ReportFile.Form) -> [UInt8] {
        switch form {
        case .html: ReportPage(report: report).serialized()
        case .json: ReportJSON(report: report).serialized()
        case .markdown: ReportMarkdown(report: report).serialized()
        }
    }
}
