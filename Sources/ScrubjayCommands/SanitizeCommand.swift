internal import ArgumentParser
internal import Detecting
internal import Sanitizing
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay sanitize`.
struct SanitizeCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "sanitize",
        abstract: "Replace every secret and personal value with a stand-in, and prove it.",
        discussion: """
            Examples:
              scrubjay sanitize collected --output clean
              scrubjay sanitize collected --output clean --dry-run
              scrubjay sanitize collected --output clean --report report.html

            The input is never touched. The output appears only when no value is left in any byte of it, in
            no encoding, and a second scan finds nothing. What was replaced stands in its parameters.json,
            without the values.
            """
    )

    @Argument(help: "The folder of the deployment.")
    var deployment: String

    @OptionGroup var output: OutputFolderOptions

    @OptionGroup var report: ReportOptions

    func run(console: Console) throws -> ExitStatus {
        let workflow = Sanitize(
            source: FilePath(deployment),
            output: output.path,
            replacesOutput: output.force,
            scan: try Scan(
                fingerprintKey: FingerprintKey(),
                policy: PolicyFile(of: FilePath(deployment)),
                cache: UserFolder.compiledRules(console.environment)
            )
        )
        if !output.dryRun { try workflow.checkOutput() }
        try ReportFile.check(
            report.files,
            deployment: workflow.source,
            output: workflow.output,
            replacing: output.force
        )
        let preparation = try workflow.prepare()
        SanitizeText.writeNotes(preparation, to: console)
        if output.dryRun {
            SanitizeText.writePlan(preparation.plan, to: console)
            try report.write(preparation, outcome: nil, force: output.force, console: console)
            return .success
        }
        let outcome = try Interruption.guarding { isInterrupted in
            try workflow.apply(preparation, isInterrupted: isInterrupted)
        }
        SanitizeText.summarize(outcome, plan: preparation.plan, output: output.path.string, console: console)
        try report.write(preparation, outcome: outcome, force: output.force, console: console)
        return .success
    }
}
