internal import Collecting
internal import Documents
internal import Rotating
internal import ScrubjayKit

extension RotateCommand {
    /// Gives the files fresh secrets, or shows which secrets would be replaced.
    func rotate(_ workflow: Rotate, console: Console) throws -> ExitStatus {
        let plan = try workflow.plan()
        if !plan.isEmpty { try confirmLoss(of: workflow.generationOfFilesAlone(), console: console) }
        if dryRun || plan.isEmpty { return show(plan, console: console) }
        let receipt = try Interruption.guarding { _ in
            try workflow.apply(plan, time: UTC.text(Int64(console.clock())))
        }
        try cleanUp(plan, workflow, console: console)
        write(receipt, report: nil, of: plan, console: console)
        return .success
    }

    /// Gives the files and the running services fresh secrets, and proves that they are in use.
    func rotateLive(_ workflow: Rotate, console: Console) throws -> ExitStatus {
        let live = try running.options(console: console)
        let planned = try workflow.planLive(live)
        if dryRun || planned.plan.isEmpty {
            let evidence = RotateText.wrapped(
                (["running services:"] + planned.deployment.evidence.map { "  " + $0 }).joined(separator: "\n")
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
        write(receipt, report: report, of: planned.plan, console: console)
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
                hint: "once the running services use the new values, remove the old ones with --forget; or use --force"
            )
        }
    }

    private func show(_ plan: RotationPlan, console: Console) -> ExitStatus {
        switch format {
        case .text: console.print(RotateText.wrapped(plan.description))
        case .json: console.output(RotateText.json(plan).serialized(.indented))
        }
        console.say(plan.isEmpty ? "there are no secrets to rotate" : RotateText.wouldRotate(plan))
        if let hint = RotateText.hint(onKept: plan.kept) { console.say(hint) }
        return .success
    }

    private func write(_ receipt: Receipt, report: LiveReport?, of plan: RotationPlan, console: Console) {
        switch format {
        case .text:
            var receipt = receipt
            if report != nil { receipt.steps = [] }
            console.print(RotateText.wrapped(receipt.description))
            if let report { console.print(RotateText.wrapped(RotateText.text(of: report))) }
        case .json: console.output(RotateText.json(receipt, report: report).serialized(.indented))
        }
        if let hint = RotateText.hint(onKept: plan.kept) { console.say(hint) }
    }

    private func cleanUp(_ plan: RotationPlan, _ workflow: Rotate, console: Console) throws {
        guard clean else { return }
        for path in try workflow.removeStrayCopies(of: plan) { console.say("removed \(Printable.text(path))") }
    }
}
