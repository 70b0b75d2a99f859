internal import Collecting
internal import ScrubjayKit

/// What is said of a collected project of Google Cloud.
enum CollectText {
    /// Says what was found, what became of it and what did not.
    static func say(_ outcome: CollectCloud.Outcome, console: Console) {
        let collection = outcome.collection
        console.say(
            "found " + collection.counts.map { "\(Count.grouped($0.count)) \($0.noun)" }.joined(separator: ", ")
        )
        let resources = Count.of(collection.madeCount.resources, "resource")
        console.say("made \(resources) in \(Count.of(collection.madeCount.definitions, "definition"))")
        for remark in collection.remarks { console.say("note: " + Printable.text(remark)) }
        say(leftOut: collection.leftOut, failures: outcome.failures, console: console)
    }

    /// Says what is in no file, and what could not be read.
    static func say(leftOut: [CollectionRecord.LeftOut], failures: [String], console: Console) {
        for left in leftOut {
            console.say("left out: \(Printable.text(left.path)) (\(Printable.text(left.reason)))")
        }
        for failure in failures { console.say("not read: " + Printable.text(failure)) }
    }

    /// What the record says is not there.
    static func leftOut(_ leftOut: [CollectionRecord.LeftOut], _ failures: [String]) -> [CollectionRecord.LeftOut] {
        leftOut + failures.map { CollectionRecord.LeftOut(path: "", reason: "not read: " + $0) }
    }
}
