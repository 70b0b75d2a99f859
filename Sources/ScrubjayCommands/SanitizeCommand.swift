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
              scrubjay sanitize collected --output clean --identity my.identity

            The input is never touched. The output appears only when no value is left in any byte of it, in
            no encoding, and a second scan finds nothing. What was replaced stands in its parameters.json,
            without the values.

            With a key of yours, the values go into a sealed map beside the deployment, an age file:
            'scrubjay restore' turns the output back into the original with it, and the next run gives
            every value the stand-in that it has.
            """
    )

    @Argument(help: "The folder of the deployment.")
    var deployment: String

    @OptionGroup var output: OutputFolderOptions

    @OptionGroup var map: MapOptions

    func run(console: Console) throws -> ExitStatus {
        let mapFile = try map.file(of: deployment, console: console)
        let workflow = Sanitize(
            source: FilePath(deployment),
            output: output.path,
            replacesOutput: output.force,
            map: mapFile,
            scan: try Scan(
                fingerprintKey: FingerprintKey(),
                policy: PolicyFile(of: FilePath(deployment)),
                cache: UserFolder.compiledRules(console.environment)
            )
        )
        if !output.dryRun { try workflow.checkOutput() }
        let preparation = try workflow.prepare()
        SanitizeText.writeNotes(preparation, to: console)
        if output.dryRun {
            SanitizeText.writePlan(preparation.plan, to: console)
            return .success
        }
        let outcome = try Interruption.guarding { isInterrupted in
            try workflow.apply(preparation, time: console.clock(), isInterrupted: isInterrupted)
        }
        SanitizeText.summarize(outcome, plan: preparation.plan, output: output.path.string, console: console)
        if !map.noMap { SanitizeText.writeMap(mapFile?.path.string, absent: outcome.absent ?? [], to: console) }
        return .success
    }
}
