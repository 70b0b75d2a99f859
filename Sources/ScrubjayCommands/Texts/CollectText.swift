internal import Collecting
internal import ScrubjayKit

/// What is said of a collected project of Google Cloud.
enum CollectText {
    /// Says what was found, what became of it and what did not.
    static func say(_ outcome: CollectCloud.Outcome, console: Console) {
        let collection = outcome.collection
        console.say("found " + collection.counts.map { "\(Count.grouped($0.count)) \($0.noun)" }.joined(separator: ", "))
        let resources = Count.of(collection.madeCount.resources, "resource")
        console.say("made \(resources) in \(Count.of(collection.madeCount.definitions, "definition"))")
        for left in collection.leftOut {
            console.say("left out: \(Printable.text(left.path)) (\(Printable.text(left.reason)))")
        }
        for remark in collection.remarks { console.say("note: " + Printable.text(remark)) }
        for failure in outcome.failures { console.say("not read: " + Printable.text(failure)) }
    }
}
