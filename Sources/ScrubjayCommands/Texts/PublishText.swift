internal import Bundling
internal import ScrubjayKit
internal import Sodium
internal import SystemPackage

/// Prints what was published.
enum PublishText {
    static func write(_ outcome: Publish.Outcome, of workflow: Publish, to console: Console) {
        let what = "\(workflow.name) \(outcome.version)"
        if let bundle = outcome.bundle {
            console.say("packed \(what), \(bundle.archive.identity)")
            let keys = bundle.signatures.map(\.keyIdentifier).joined(separator: ", ")
            console.say(
                "signed by key \(keys), released \(UTC.text(bundle.archive.released)); verified against the tree"
            )
            let folder = workflow.repository.appending(Publish.bundlesName)
            for name in bundle.fileNames { console.print(folder.appending(name).string) }
        } else {
            console.say("no new version: \(what) already has these files")
        }
        switch outcome.commit {
        case let commit?: console.say("committed \(commit.prefix(12)); nothing was pushed")
        case nil where workflow.commits: console.say("nothing has changed; nothing was committed")
        case nil:
            let place = StartCommands.quoted(workflow.repository.string)
            console.say(
                "not committed; to stage the files: git -C \(place) add --force \(outcome.paths.joined(separator: " "))"
            )
        }
    }
}
