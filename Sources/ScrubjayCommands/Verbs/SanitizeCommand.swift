internal import ArgumentParser
internal import Detecting
internal import Sanitizing
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay sanitize`.
struct SanitizeCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "sanitize",
        abstract: "Replace every secret and personal value with a stand-in, and prove that none is left.",
        discussion: """
            Examples:
              scrubjay sanitize collected --output clean
              scrubjay sanitize collected --output clean --dry-run
              scrubjay sanitize collected --output clean --report report.html
              scrubjay sanitize collected --output clean --review    asks about uncertain values
              scrubjay sanitize collected --output clean --identity my.identity

            The input is never changed. The output appears only if no original value is left in any byte of it, \
            in any encoding, and a second scan finds nothing. Its parameters.json lists what was replaced, \
            without the values. Archives are opened, sanitized inside and packed again.

            With --identity, --recipient or a passphrase, the values go into a sealed map next to the \
            deployment, an age file: with it, 'scrubjay restore' turns the output back into the original, \
            and the next run uses the same stand-ins.
            """
    )

    @Argument(help: "The deployment's folder.")
    var deployment: String

    @OptionGroup var output: OutputFolderOptions

    @OptionGroup var report: ReportOptions
    @OptionGroup var map: MapOptions

    @OptionGroup var scanning: DeploymentScanOptions

    @Flag(help: "Ask about undecided values, and write the answers into the deployment's .scrubjay.yml.")
    var review = false

    @OptionGroup var unproved: UnprovedOptions

    func validate() throws {
        if review && output.dryRun {
            throw ValidationError("--review cannot be combined with --dry-run")
        }
    }

    func run(console: Console) throws -> ExitStatus {
        if review { try ReviewDialog.checkTerminal(console) }
        let mapFile = try map.file(of: deployment, console: console)
        var workflow = try workflow(map: mapFile, console: console)
        if !output.dryRun { try workflow.checkOutput() }
        try ReportFile.check(
            report.files,
            deployment: workflow.source,
            output: output.output == nil ? workflow.source : workflow.output,
            replacing: output.force
        )
        var preparation = try StatusLine.showing(SanitizeText.reading, on: console) { try workflow.prepare() }
        if review {
            var dialog = try ReviewDialog(
                preparation,
                root: workflow.source,
                key: scanning.key(console),
                console: console
            )
            guard try dialog.run() else { return .answerIsNo }
            workflow = try self.workflow(map: mapFile, console: console)
            preparation = try workflow.prepare()
        }
        SanitizeText.writeNotes(preparation, to: console)
        if output.dryRun {
            SanitizeText.writePlan(preparation.plan, to: console)
            try report.write(preparation, outcome: nil, force: output.force, console: console)
            return .success
        }
        let outcome = try StatusLine.showing(SanitizeText.replacing, on: console) {
            try Interruption.guarding { isInterrupted in
                try workflow.apply(preparation, time: console.clock(), isInterrupted: isInterrupted)
            }
        }
        // The plan that was carried out, which differs from the first one if there were late values.
        preparation = outcome.preparation
        SanitizeText.summarize(outcome, plan: preparation.plan, output: output.path.string, console: console)
        try report.write(preparation, outcome: outcome, force: output.force, console: console)
        if !map.noMap { SanitizeText.writeMap(mapFile?.path.string, absent: outcome.absent ?? [], to: console) }
        return .success
    }

    /// Makes the workflow with the current policy.
    private func workflow(map: SealedMapFile?, console: Console) throws -> Sanitize {
        var workflow = Sanitize(
            source: FilePath(deployment),
            output: output.path,
            replacesOutput: output.force,
            map: map,
            scan: try scanning.scan(of: FilePath(deployment), asksForKey: review, console: console)
        )
        workflow.leavesOutUnproved = unproved.leaveOutUnproved
        return workflow
    }
}
