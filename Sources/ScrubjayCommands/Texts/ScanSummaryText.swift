internal import Collecting
internal import Detecting
internal import ScrubjayKit

/// Prints what a scan read, what it found, and what it could not do.
struct ScanSummaryText {
    private let summary: Scan.Summary
    private let published: PublishedDecisions?
    private let console: Console

    init(_ summary: Scan.Summary, published: PublishedDecisions?, console: Console) {
        self.summary = summary
        self.published = published
        self.console = console
    }

    /// Prints everything; problems come before the counts.
    func write() {
        writeTroubles()
        writeStaleEntries()
        writeCounts()
        if summary.ignoredCount > 0 {
            console.say("skipped: \(Count.of(summary.ignoredCount, "file")) that git ignores")
        }
        if summary.acceptedCount > 0 {
            console.say("accepted by the baseline: \(Count.of(summary.acceptedCount, "place"))")
        }
        if summary.committedCount > 0 {
            let places = Count.of(summary.committedCount, "place")
            console.say("not new: \(places) whose value was already committed in the same file")
        }
        KeptText.write(summary.kept.filter { !isPublished($0.key) }, to: console)
        writePublished()
    }

    private func isPublished(_ reason: Decisions.Reason) -> Bool { published?.explains(reason) ?? false }

    /// Prints what the publisher of the tree keeps in it, and that this does not apply to secrets.
    private func writePublished() {
        guard let published else { return }
        let path = Printable.text(published.path)
        KeptText.write(summary.kept.filter { isPublished($0.key) }, by: path, to: console)
        guard published.secretCount > 0 else { return }
        let secrets = Count.of(published.secretCount, "secret")
        console.say("note: \(path) also declares \(secrets) as kept; a scan reports secrets anyway")
    }

    private func writeTroubles() {
        let notes = summary.notes.map { note in
            (path: Printable.text(note.path) + (note.line.map { ":\($0)" } ?? ""), text: note.message)
        }
        RepeatedLines.say(notes, to: console) { "note: \($0): \($1)" }
        RepeatedLines.say(summary.skipped.map { (Printable.text($0.path), "\($0.reason)") }, to: console) {
            "skipped: \($0) (\($1))"
        }
        for failure in summary.failures {
            console.say("not read: \(Printable.text("\(failure)"))")
        }
    }

    private func writeStaleEntries() {
        for entry in summary.staleEntries {
            console.say(
                "note: the baseline's entry for \(Printable.text(entry.path)) (\(entry.rule)) matches nothing any more"
            )
        }
        if !summary.staleEntries.isEmpty {
            console.say("hint: give the baseline to --baseline and --write-baseline to remove such entries")
        }
    }

    private func writeCounts() {
        let read = "\(Count.of(summary.fileCount, "file")), \(Count.bytes(summary.byteCount))"
        guard summary.placeCount > 0 else {
            console.say("nothing found in \(read)")
            return
        }
        let places = Count.of(summary.placeCount, "place")
        let values = Count.of(summary.valueCount, "value")
        console.say("found \(values) in \(places); scanned \(read)")
        let bySeverity = Severity.allCases.sorted(by: >).compactMap(places(of:))
        console.say("places: " + bySeverity.joined(separator: ", "))
        if summary.repeatedCount > 0 {
            let repeated = Count.of(summary.repeatedCount, "place")
            console.say("\(repeated) of them only repeat values in later versions of the same file")
        }
    }

    /// Returns the number of places of a severity and of each of its kinds, as in `3 secret (2 password, 1 token)`; nil
    /// if it has none.
    private func places(of severity: Severity) -> String? {
        let number = summary.placeCount(severity)
        guard number > 0 else { return nil }
        let kinds = summary.places.filter { $0.key.severity == severity }.sorted {
            ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue)
        }
        let byKind = kinds.map { "\(Count.grouped($0.value)) \($0.key.rawValue)" }
        return "\(Count.grouped(number)) \(severity.rawValue) (\(byKind.joined(separator: ", ")))"
    }
}
