internal import Bundling
internal import Sanitizing
internal import ScrubjayKit

/// Says what bringing a deployment up to a newer version changes.
///
/// What comes is shown as the bundle has it, with stand-ins. What goes is the owner's, and may hold secrets that nobody has
/// told us of: of that names of settings and masks of values are shown.
enum UpdateText {
    static func write(_ update: DeploymentUpdate, plan: HydrationPlan, to console: Console) {
        for change in update.changes {
            console.print("\(change.isNew ? "new" : "changed") \(Printable.text(change.path))")
            if change.isNew { continue }
            for (number, text) in change.removedLines { console.print("  - line \(number): \(Printable.text(text))") }
            for (number, text) in change.addedLines { console.print("  + line \(number): \(Printable.text(text))") }
        }
        let fresh = plan.parameters(from: .generated)
        if !fresh.isEmpty {
            console.say(
                "made afresh, since the deployment does not have them: \(fresh.map(\.name).joined(separator: ", "))"
            )
        }
        let files = update.changes.count
        console.say(files == 0 ? "the deployment is up to date" : "\(Count.of(files, "file")) would change")
    }
}
