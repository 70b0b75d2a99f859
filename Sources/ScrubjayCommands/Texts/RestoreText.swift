internal import Sanitizing
internal import ScrubjayKit

/// Messages of restoring.
enum RestoreText {
    /// The number of files that others could read in the original and only their owner can read now.
    private static func restrictedCount(in preparation: Restore.Preparation) -> Int {
        let map = preparation.map
        let secret = map.files.filter { $0.isPrivate && $0.link == nil }.map(\.path) + map.leftOut.map(\.path)
        return secret.count { map.modes[$0, default: 0] & 0o077 != 0 }
    }

    /// Prints what prevents restoring, what is not restored and what cannot be.
    static func writeNotes(_ preparation: Restore.Preparation, isDryRun: Bool, to console: Console) {
        // A single difference is named by the refusal.
        for difference in preparation.differences where isDryRun || preparation.differences.count > 1 {
            let what = difference.isMissing ? "missing" : "changed since it was written"
            console.say("\(Printable.text(difference.path)): \(what)")
        }
        for path in preparation.strangers {
            console.say("note: \(Printable.text(path)): not in the map; not restored")
        }
        for thing in preparation.map.absent {
            let size = thing.file.map { ", \(Count.bytes($0.size)), \($0.digest)" } ?? ""
            console.say("not in the map: \(Printable.text(thing.path)) (\(thing.reason)\(size))")
        }
    }

    /// Prints the paths that would be written.
    static func writePlan(_ preparation: Restore.Preparation, to console: Console) {
        let paths = preparation.map.files.map(\.path) + preparation.map.leftOut.map(\.path)
        for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            console.print(Printable.text(path))
        }
        console.say("would restore \(Count.of(paths.count, "file"))")
    }

    /// Prints what was done.
    static func summarize(_ preparation: Restore.Preparation, count: Int, output: String, console: Console) {
        let missing = preparation.map.absent.count { $0.file != nil }
        console.say("restored \(Count.of(count, "file")), each identical to the original")
        let hidden = restrictedCount(in: preparation)
        if hidden > 0 {
            let files = Count.of(hidden, "file with a secret is", plural: "files with secrets are")
            console.say("\(files) readable only by you now; in the original, others could read them")
        }
        if missing > 0 { console.say("\(Count.of(missing, "file")) could not be restored: see above") }
        console.say("the original is in \(output); it contains all values again")
    }

    /// Whether all files were restored.
    static func status(of preparation: Restore.Preparation) -> ExitStatus {
        preparation.map.absent.contains { $0.file != nil } ? .answerIsNo : .success
    }
}
