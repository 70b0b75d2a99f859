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

    // MARK: - Rotations

    private func rotate(_ workflow: Rotate, console: Console) throws -> ExitStatus {
        let plan = try workflow.plan()
        if !plan.isEmpty { try confirmLoss(of: workflow.generationOfFilesAlone(), console: console) }
        if dryRun || plan.isEmpty { return show(plan, console: console) }
        let receipt = try Interruption.guarding { _ in
            try workflow.apply(plan, time: UTC.text(Int64(console.clock())))
        }
        try cleanUp(plan, workflow, console: console)
        write(receipt, report: nil, console: console)
        return .success
    }

    private func rotateLive(_ workflow: Rotate, console: Console) throws -> ExitStatus {
        let live = try running.options(console: console)
        let planned = try workflow.planLive(live)
        if dryRun || planned.plan.isEmpty {
            let evidence = RotateText.wrapped(
                (["what runs:"] + planned.deployment.evidence.map { "  " + $0 }).joined(separator: "\n")
            )
            format == .json ? console.say(evidence) : console.print(evidence)
            planned.notes.forEach { console.say("note: " + $0) }
            return show(planned.plan, console: console)
        }
        let (receipt, report) = try Interruption.guarding { isInterrupted in
            var live = live
            live.isInterrupted = isInterrupted
            return try workflow.apply(planned, live: live, time: UTC.text(Int64(console.clock())))
        }
        if report.isProved { try cleanUp(planned.plan, workflow, console: console) }
        write(receipt, report: report, console: console)
        return RotateText.status(of: report)
    }

    /// Asks whether the old values of a files-only rotation may be discarded: running services may still have them.
    private func confirmLoss(of generation: Int?, console: Console) throws {
        guard let generation else { return }
        console.say(RotateText.losesWayBack(over: generation))
        guard !dryRun, !force else { return }
        guard console.isInteractive, Terminal.ask("rotate again? [y/N] ", console: console) == "y" else {
            throw KitError(
                .incomplete,
                "nothing was changed",
                hint: "when what runs has the new values, --forget lets the old ones go; --force does not ask"
            )
        }
    }

    private func show(_ plan: RotationPlan, console: Console) -> ExitStatus {
        switch format {
        case .text: console.print(RotateText.wrapped(plan.description))
        case .json: console.output(RotateText.json(plan).serialized(.indented))
        }
        console.say(plan.isEmpty ? "there is no secret to rotate" : RotateText.wouldRotate(plan))
        return .success
    }

    private func write(_ receipt: Receipt, report: LiveReport?, console: Console) {
        switch format {
        case .text:
            var receipt = receipt
            if report != nil { receipt.steps = [] }
            console.print(RotateText.wrapped(receipt.description))
            if let report { console.print(RotateText.wrapped(RotateText.text(of: report))) }
        case .json: console.output(RotateText.json(receipt, report: report).serialized(.indented))
        }
    }

    private func cleanUp(_ plan: RotationPlan, _ workflow: Rotate, console: Console) throws {
        guard clean else { return }
        for path in try workflow.removeStrayCopies(of: plan) { console.say("removed \(Printable.text(path))") }
    }

    // MARK: - Instead of a rotation

    private func resume(_ workflow: Rotate, console: Console) throws -> ExitStatus {
        var live = try running.options(console: console)
        let report = try Interruption.guarding { isInterrupted in
            live.isInterrupted = isInterrupted
            return try workflow.resume(live: live)
        }
        return write(report, console: console)
    }

    private func rollBack(_ workflow: Rotate, console: Console) throws -> ExitStatus {
        if dryRun {
            write(restored: try workflow.filesToRollBack(), isDone: false, report: nil, console: console)
            return .success
        }
        var live = running.live ? try running.options(console: console) : nil
        let (paths, report) = try Interruption.guarding { isInterrupted in
            live?.isInterrupted = isInterrupted
            return try workflow.rollBack(live: live, time: UTC.text(Int64(console.clock())))
        }
        write(restored: paths, isDone: true, report: report, console: console)
        return report.map(RotateText.status) ?? .success
    }

    private func write(restored paths: [String], isDone: Bool, report: LiveReport?, console: Console) {
        switch format {
        case .text:
            console.say(RotateText.restored(paths, isDone: isDone, isLive: report != nil))
            if let report { console.print(RotateText.wrapped(RotateText.text(of: report))) }
        case .json:
            console.output(RotateText.json(restored: paths, isDone: isDone, report: report).serialized(.indented))
        }
    }

    private func write(_ report: LiveReport, console: Console) -> ExitStatus {
        switch format {
        case .text: console.print(RotateText.wrapped(RotateText.text(of: report)))
        case .json: console.output(RotateText.json(report).serialized(.indented))
        }
        return RotateText.status(of: report)
    }

    private func forget(_ workflow: Rotate, console: Console) throws -> ExitStatus {
        if dryRun {
            let isThere = try workflow.hasOldValues()
            console.say(isThere ? "would remove the old values; there would be no way back" : "there are no old values")
            return .success
        }
        let wasThere = try workflow.forget()
        console.say(wasThere ? "the old values are gone; there is no way back" : "there were no old values")
        return .success
    }

    private func list(_ workflow: Rotate, console: Console) throws -> ExitStatus {
        let listed = try workflow.list()
        switch format {
        case .text: console.print(RotateText.wrapped(RotateText.text(listed)))
        case .json: console.output(RotateText.json(listed).serialized(.indented))
        }
        return .success
    }
}
