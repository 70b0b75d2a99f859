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
        abstract: "Replace a deployment's secrets with fresh ones, and prove that the old ones no longer work.",
        discussion: """
            Examples:
              scrubjay rotate ~/docker-jitsi-meet --list
              scrubjay rotate ~/docker-jitsi-meet --dry-run
              scrubjay rotate ~/docker-jitsi-meet --live
              scrubjay rotate ~/docker-jitsi-meet --rollback

            All places of a value change together, base64 included, in one step that survives a crash. With --live \
            the running services change too (accounts, sessions, TURN), and then the new values must be \
            accepted and the old ones refused, or the exit status is 1. Without --live, the run ends with a \
            list of what is left to do in the containers, in order.
            """
    )

    @Argument(help: "The deployment's folder.")
    var deployment: String

    @Option(help: ArgumentHelp("Rotate only this setting; may be repeated.", valueName: "setting"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Do not rotate this setting; may be repeated.", valueName: "setting"))
    var except: [String] = []

    @Option(help: ArgumentHelp("The length of fresh secrets, from 32 to 128.", valueName: "characters"))
    var length: Int?

    @Option(help: "Output format.")
    var format = AnswerFormat.text

    @Flag(name: [.customShort("n"), .long], help: "Show what would be done; write nothing.")
    var dryRun = false

    @Flag(help: "Make every file that gets a fresh secret readable only by its owner, not just .env files.")
    var restrict = false

    @Flag(help: "Remove old copies that contain secrets, such as .env.bak.")
    var clean = false

    @Flag(help: "Do not ask before discarding the old values of the last rotation.")
    var force = false

    @OptionGroup(title: "Other actions") var other: RotationActions
    @OptionGroup(title: "Running services") var running: LiveRotationOptions
    @OptionGroup(title: "Sealing of old values") var key: RotationKeyOptions
    @OptionGroup(title: "Scanning") var scanning: DeploymentScanOptions

    func validate() throws {
        guard !dryRun || !other.resume else {
            throw ValidationError("--resume cannot be combined with --dry-run")
        }
        if let length, !(32...128).contains(length) { throw ValidationError("--length must be from 32 to 128") }
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
