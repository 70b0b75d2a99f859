internal import ArgumentParser
internal import Collecting
internal import Documents
internal import Rotating
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay rotate`.
struct RotateCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Give the secrets of a deployment's files fresh values.",
        discussion: """
            Examples:
              scrubjay rotate ~/docker-jitsi-meet --dry-run
              scrubjay rotate ~/docker-jitsi-meet
              scrubjay rotate ~/docker-jitsi-meet --only JVB_AUTH_PASSWORD

            Every place of a value changes together, base64 included, in one step that a crash cannot tear.
            The files are only half of a rotation: the run ends with what must still be done in the
            containers, in order.
            """
    )

    @Argument(help: "The folder of the deployment.")
    var deployment: String

    @Option(help: ArgumentHelp("Change this setting only; may be given more than once.", valueName: "setting"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Leave this setting as it is; may be given more than once.", valueName: "setting"))
    var except: [String] = []

    @Option(help: "How to write the receipt: text or json.")
    var format = AnswerFormat.text

    @Flag(name: [.customShort("n"), .long], help: "Say what would be done, and write nothing.")
    var dryRun = false

    @Flag(help: "Make every file that gets a fresh secret readable by its owner alone, not .env files only.")
    var restrict = false

    @Flag(help: "Change the running containers too. (Not here yet.)")
    var live = false

    func run(console: Console) throws -> ExitStatus {
        if live {
            throw KitError(
                .notHereYet,
                "changing running containers is not here yet; nothing was changed",
                hint: "rotate without --live changes the files and says what to do in the containers"
            )
        }
        let options = RotationOptions(only: only.isEmpty ? nil : Set(only), except: Set(except), restrictsAllFiles: restrict)
        let workflow = Rotate(root: FilePath(deployment), options: options)
        if !dryRun { RotateText.report(try workflow.recover(), to: console) }
        let plan = try workflow.plan()
        if dryRun || plan.isEmpty {
            console.print(RotateText.wrapped(plan.description))
            console.say(plan.isEmpty ? "there is no secret to rotate" : RotateText.wouldRotate(plan))
            return .success
        }
        let receipt = try workflow.apply(plan, time: UTC.text(Int64(console.clock())))
        switch format {
        case .text: console.print(RotateText.wrapped(receipt.description))
        case .json: console.output(RotateText.json(receipt).serialized(.indented))
        }
        return .success
    }
}
