internal import Bundling
internal import Sanitizing
internal import ScrubjayKit

extension HydrateCommand {
    /// Shows the changes that a newer version makes to a deployment, and applies them if allowed.
    func bringUpToDate(
        _ hydration: Hydration,
        of bundle: VerifiedBundle,
        _ workflow: Hydrate,
        given: [String: [UInt8]],
        console: Console
    ) throws -> ExitStatus {
        if !dryRun { UpdateText.write(try workflow.recover(), to: console) }
        var (hydration, given) = (hydration, given)
        var (plan, update) = try workflow.update(hydration, of: bundle, given: given)
        if update == nil && console.isInteractive && !dryRun {
            let answers = try HydrateText.ask(for: plan.missing, of: hydration, console: console)
            given.merge(answers.values) { $1 }
            hydration.left.formUnion(answers.left)
            (plan, update) = try workflow.update(hydration, of: bundle, given: given)
        }
        guard let update else {
            guard dryRun else {
                try requireValues(plan, of: hydration, console: console)
                return .answerIsNo
            }
            let preview = try workflow.preview(plan, of: hydration, bundle)
            UpdateText.write(preview, plan: plan, of: bundle.manifest, to: console)
            for parameter in plan.missing {
                console.say("missing: \(parameter.name) (\(HydrateText.purpose(of: parameter, in: hydration)))")
            }
            return .answerIsNo
        }
        UpdateText.write(update, plan: plan, of: bundle.manifest, to: console)
        let status: ExitStatus = update.conflicts.isEmpty && update.waiting.isEmpty ? .success : .answerIsNo
        if dryRun { return status }
        guard !update.isBlind || update.changes.isEmpty || !force || overwriteChanges else {
            throw KitError(
                .incomplete,
                "\(output ?? "") does not record which bundle it was made from; nothing was written",
                hint: "add --overwrite-changes if your own changes to these files may be lost"
            )
        }
        if !force && !update.changes.isEmpty {
            guard console.isInteractive, Terminal.ask("write these changes? [y/N] ", console: console) == "y" else {
                throw KitError(.incomplete, "nothing was written", hint: "--force writes the changes without asking")
            }
        }
        try Interruption.guarding { try update.apply(of: bundle, isInterrupted: $0) }
        guard !update.changes.isEmpty else { return status }
        console.say("updated \(output ?? "") to \(Printable.text(bundle.manifest.version))")
        return status
    }
}
