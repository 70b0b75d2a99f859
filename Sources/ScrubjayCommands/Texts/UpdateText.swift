internal import Bundling
internal import Collecting
internal import Sanitizing
internal import ScrubjayKit

/// Prints the changes that a newer version makes to a deployment.
///
/// Added lines are shown as in the bundle, with stand-ins. Removed lines belong to the owner and may hold unknown
/// secrets, so only names of settings and masked values are shown.
enum UpdateText {
    /// Describes what an earlier, killed update left behind.
    static func write(_ recovery: FileTransaction.Recovery, to console: Console) {
        switch recovery {
        case .nothingToDo: break
        case .rolledBack:
            console.say(
                "an earlier update was interrupted before it changed anything; its temporary files were removed"
            )
        case .finished: console.say("an earlier update was interrupted; it has been completed")
        }
    }

    static func write(_ update: DeploymentUpdate, plan: HydrationPlan, of manifest: Manifest, to console: Console) {
        for change in update.changes {
            console.print("\(word(for: change.kind)) \(Printable.text(change.path))")
            for (number, text) in change.removedLines { console.print("  - line \(number): \(Printable.text(text))") }
            for (number, text) in change.addedLines { console.print("  + line \(number): \(Printable.text(text))") }
        }
        if update.goesBack, let previous = update.previous {
            let name = Printable.text(previous.bundleName)
            console.say(
                "warning: the deployment was made from \(name) \(Printable.text(previous.version)), and "
                    + "\(Printable.text(manifest.version)) is older: make sure you want to go back"
            )
        }
        if update.isBlind && !update.changes.isEmpty {
            console.say(
                "note: the deployment does not record which bundle it was made from; your own changes will be overwritten"
            )
        }
        if !update.keptPaths.isEmpty {
            let paths = update.keptPaths.map { Printable.text($0) }
            console.say("your changes are kept in \(paths.joined(separator: ", "))")
        }
        for path in update.conflicts.map({ Printable.text($0) }) {
            console.say(
                "\(path) has changed here and in the bundle: yours is kept, and the bundle's is written next to it as "
                    + "\(path)\(DeploymentUpdate.conflictEnding)"
            )
        }
        let fresh = plan.parameters(from: .generated)
        if !fresh.isEmpty {
            console.say(
                "generated, since the deployment does not have them: \(fresh.map(\.name).joined(separator: ", "))"
            )
        }
        for path in update.waiting {
            console.say("\(Printable.text(path)) is still unmerged: merge it, then delete it")
        }
        let files = update.changes.count
        guard files == 0 else { return console.say("\(Count.of(files, "file")) would change") }
        console.say(update.waiting.isEmpty ? "the deployment is up to date" : "there are no further changes")
    }

    private static func word(for kind: DeploymentUpdate.Change.Kind) -> String {
        switch kind {
        case .new: "new"
        case .changed: "changed"
        case .merged: "merged"
        case .removed: "removed"
        case .conflict: "conflict"
        }
    }
}
