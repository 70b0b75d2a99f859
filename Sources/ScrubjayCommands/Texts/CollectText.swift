internal import Collecting
internal import Detecting
internal import ScrubjayKit
internal import SystemPackage

/// Messages about a collection.
enum CollectText {
    /// Prints what was found, and what is and is not in the templates.
    static func say(_ outcome: CollectCloud.Outcome, console: Console) {
        let collection = outcome.collection
        console.say(
            "found " + collection.counts.map { "\(Count.grouped($0.count)) \($0.noun)" }.joined(separator: ", ")
        )
        let resources = Count.of(collection.madeCount.resources, "resource")
        console.say("made \(resources) in \(Count.of(collection.madeCount.definitions, "definition"))")
        for remark in collection.remarks { console.say("note: " + Printable.text(remark)) }
        for feature in collection.retired { console.say("note: \(Printable.text(feature)): --modernize changes it") }
        say(leftOut: collection.leftOut, failures: outcome.failures, console: console)
    }

    /// Prints what is not copied from a folder, and which copied files other tools ignore.
    static func say(_ plan: CollectionPlan, excluded: [String], console: Console) {
        for left in plan.leftOut {
            console.say(
                (plan.unreadPaths.contains(left.path) ? "not read: " : "left out: ")
                    + "\(Printable.text(left.path)) (\(left.reason))"
            )
        }
        let policy = excluded.isEmpty ? [] : [(file: PolicyFile.name, paths: excluded)]
        for (file, paths) in plan.ignored + policy {
            let names = paths.prefix(3).map { Printable.text($0) }.joined(separator: ", ")
            let more = paths.count > 3 ? ", … (\(Count.of(paths.count, "file")))" : ""
            console.say("note: collected although \(Printable.text(file)) excludes it: \(names)\(more)")
        }
        for place in plan.related {
            let path = Printable.text(place.path.string)
            console.say("not collected: \(path) (\(place.role) in \(Printable.text(place.file))); --include copies it")
        }
    }

    /// Prints what is in no file, and what could not be read.
    static func say(leftOut: [CollectionRecord.LeftOut], failures: [String], console: Console) {
        for left in leftOut {
            console.say("left out: \(Printable.text(left.path)) (\(Printable.text(left.reason)))")
        }
        for failure in failures { console.say("not read: " + Printable.text(failure)) }
    }

    /// The list of what is missing, for the record.
    static func leftOut(_ leftOut: [CollectionRecord.LeftOut], _ failures: [String]) -> [CollectionRecord.LeftOut] {
        leftOut + failures.map { CollectionRecord.LeftOut(path: "", reason: "not read: " + $0) }
    }
}
