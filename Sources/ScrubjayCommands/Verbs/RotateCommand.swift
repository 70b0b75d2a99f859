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
        abstract: "Give the secrets of a deployment fresh values, and prove that the old ones are dead.",
        discussion: """
            Examples:
              scrubjay rotate ~/docker-jitsi-meet --list
              scrubjay rotate ~/docker-jitsi-meet --dry-run
              scrubjay rotate ~/docker-jitsi-meet --live
              scrubjay rotate ~/docker-jitsi-meet --rollback

            Every place of a value changes together, base64 included, in one step that a crash cannot tear.
            With --live the running containers change, too: accounts, sessions, TURN; and then the new values
            must be let in and the old ones be refused, or the exit status is 1. Without it the run ends with
            what must still be done in the containers, in order.
            """
    )

    @Argument(help: "The folder of the deployment.")
    var deployment: String

    @Option(help: ArgumentHelp("Change this setting only; may be given more than once.", valueName: "setting"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Leave this setting as it is; may be given more than once.", valueName: "setting"))
    var except: [String] = []

    @Option(help: ArgumentHelp("How many characters fresh secrets have, from 32 to 128.", valueName: "characters"))
    var length: Int?

    @Option(help: "How to write the receipt: text or json.")
    var format = AnswerFormat.text

    @Flag(name: [.customShort("n"), .long], help: "Say what would be done, and write nothing.")
    var dryRun = false

    @Flag(help: "Make every file that gets a fresh secret readable by its owner alone, not .env files only.")
    var restrict = false

    @Flag(help: "Remove copies of an earlier state that hold secrets, such as .env.bak.")
    var clean = false

    @Flag(help: "Rotate without asking, although the old values of the last rotation are lost by it.")
    var force = false

    @OptionGroup(title: "Instead of a rotation") var other: RotationActions
    @OptionGroup(title: "What runs") var running: LiveRotationOptions
    @OptionGroup(title: "The way back") var key: RotationKeyOptions
    @OptionGroup(title: "What no rotation knows") var scanning: DeploymentScanOptions

    func validate() throws {
        guard !dryRun || !other.resume else {
            throw ValidationError("--resume goes on with what was begun, and has no --dry-run")
        }
        if let length, !(32...128).contains(length) { throw ValidationError("--length is from 32 to 128") }
    }

    func run(console: Console) throws -> ExitStatus {
        let options = RotationOptions(
            only: only.isEmpty ? nil : Set(only),
            except: Set(except),
            restrictsAllFiles: restrict,
            length: length
        )
        var workflow = Rotate(root: FilePath(deployment), options: options)
        workflow.programs = running.programs(console: console)
        workflow.isPreview = dryRun || other.list
        if other.forget { return try forget(workflow, console: console) }
        if !other.resume && !other.rollback {
            workflow.scan = try scanning.scan(of: FilePath(deployment), console: console)
        }
        if other.list { return try list(workflow, console: console) }
        var recovery = FileTransaction.Recovery.nothingToDo
        if !dryRun {
            recovery = try workflow.recover()
            RotateText.report(recovery, to: console)
        }
        if !dryRun || other.rollback {
            workflow.seal = try key.seal(isNew: !other.resume && !other.rollback, console: console)
        }
        if other.resume {
            // A run that was killed while it changed only files is already repaired.
            if recovery != .nothingToDo, try !workflow.isPending() { return .success }
            return try resume(workflow, console: console)
        }
        if other.rollback { return try rollBack(workflow, console: console) }
        return running.live ? try rotateLive(workflow, console: console) : try rotate(workflow, console: console)
    }

    /// Prints the secrets of the deployment, and changes nothing.
    private func list(_ workflow: Rotate, console: Console) throws -> ExitStatus {
        let listed = try workflow.list()
        switch format {
        case .text: console.print(RotateText.wrapped(RotateText.text(listed)))
        case .json: console.output(RotateText.json(listed).serialized(.indented))
        }
        return .success
    }
}
