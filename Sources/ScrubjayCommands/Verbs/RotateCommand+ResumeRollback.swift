internal import Documents
internal import Rotating
internal import ScrubjayKit

extension RotateCommand {
    /// Continues a rotation that was killed or is waiting.
    func resume(_ workflow: Rotate, console: Console) throws -> ExitStatus {
        var live = try running.options(console: console)
        let report = try Interruption.guarding { isInterrupted in
            live.isInterrupted = isInterrupted
            return try workflow.resume(live: live)
        }
        return write(report, console: console)
    }

    /// Restores the values from before the last rotation.
    func rollBack(_ workflow: Rotate, console: Console) throws -> ExitStatus {
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

    /// Removes the sealed old values.
    func forget(_ workflow: Rotate, console: Console) throws -> ExitStatus {
        if dryRun {
            let isThere = try workflow.hasOldValues()
            console.say(
                isThere ? "would remove the old values; --rollback would be impossible then" : "there are no old values"
            )
            return .success
        }
        let wasThere = try workflow.forget()
        console.say(wasThere ? "removed the old values; --rollback is impossible now" : "there were no old values")
        return .success
    }
}
