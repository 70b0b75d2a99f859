internal import ArgumentParser
internal import Collecting
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay collect`.
struct CollectCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Copy a working deployment into one folder.",
        discussion: """
            Examples:
              scrubjay collect ~/docker-jitsi-meet --output collected
              scrubjay collect ~/docker-jitsi-meet --output collected --dry-run

            The copy is as secret as the original: every file in it is readable by its owner alone.
            """
    )

    @Argument(help: "A folder. (docker:PROJECT and gcp:PROJECT are not here yet.)")
    var source: String

    @OptionGroup var output: OutputFolderOptions

    func run(console: Console) throws -> ExitStatus {
        let workflow = Collect(source: Source(source), output: output.path, replacesOutput: output.force)
        let plan = try workflow.plan()
        for skipped in plan.deployment.skipped {
            console.say("left out: \(Printable.text(skipped.path)) (\(skipped.reason))")
        }
        for link in plan.outwardLinks { console.say("left out: \(Printable.text(link)) (a link that leads outside)") }
        let what = "\(Count.of(plan.entries.count, "file")), \(Count.bytes(plan.size))"
        if output.dryRun {
            for entry in plan.entries { console.print(Printable.text(entry.path)) }
            console.say("would collect \(what) into \(output.path)")
            return .success
        }
        try Interruption.guarding { isInterrupted in try workflow.apply(plan, isInterrupted: isInterrupted) }
        console.say("collected \(what) into \(output.path)")
        return .success
    }
}
