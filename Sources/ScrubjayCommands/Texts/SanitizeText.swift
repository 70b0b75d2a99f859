internal import Archive
internal import Sanitizing
internal import ScrubjayKit

/// Messages of sanitizing.
enum SanitizeText {
    /// The status during the first step.
    static let reading = "reading and scanning the deployment"
    /// The status during the second step.
    static let replacing = "replacing, and proving that nothing is left"

    /// Prints what could not be read in its format, and what is left out.
    static func writeNotes(_ preparation: Sanitize.Preparation, to console: Console) {
        let notes = preparation.report.notes.map { note in
            (path: Printable.text(note.path) + (note.line.map { ":\($0)" } ?? ""), text: note.message)
        }
        RepeatedLines.say(notes, to: console) { "note: \($0): \($1)" }
        for note in preparation.policyNotes {
            console.say("note: \(Printable.text(note.path)): \(Printable.text(note.message))")
        }
        let links = preparation.copiedLinks.map { (path: Printable.text($0), text: "a symbolic link") }
        RepeatedLines.say(links, to: console) { "note: \($0): \($1), written as a copy of its target" }
        for file in preparation.plan.files {
            guard let count = file.metadataByteCount, count > 0 else { continue }
            console.say(
                "note: \(Printable.text(file.path)): an image, written without \(Count.of(count, "byte")) of metadata"
            )
        }
        let archives = preparation.plan.files.filter(\.isArchive).map {
            (path: Printable.text($0.path), text: "an archive")
        }
        RepeatedLines.say(archives, to: console) { "note: \($0): \($1), sanitized inside and packed again" }
        writeNames(of: preparation.plan.files.map(\.path), to: console)
        let empty = preparation.emptyFolders
        if let first = empty.first {
            let others = empty.count > 1 ? " and \(Count.of(empty.count - 1, "other"))" : ""
            console.say(
                "note: empty folder not written: \(Printable.text(first))\(others); a bundle contains only files"
            )
        }
        let plan = preparation.plan
        let omissions = plan.omissions.dropFirst(plan.inheritedOmissionCount).sorted(by: { $0.path < $1.path })
        RepeatedLines.say(omissions.map { (Printable.text($0.path), $0.reason) }, to: console) {
            "left out: \($0) (\($1))"
        }
    }

    /// Prints the names that a bundle cannot contain, as an early warning before it is packed.
    private static func writeNames(of paths: [String], to console: Console) {
        var complaints: [ArchiveError] = []
        for path in paths {
            do throws(ArchiveError) { try MemberPath.check(path) } catch { complaints.append(error) }
        }
        if complaints.isEmpty {
            do throws(ArchiveError) { try MemberPath.checkCollisions(among: paths) } catch { complaints = [error] }
        }
        for complaint in complaints {
            let place = complaint.place.map { Printable.text($0) + ": " } ?? ""
            console.say("note: \(place)\(Printable.text(complaint.message)): 'scrubjay bundle' will refuse it")
        }
    }

    /// Prints the replacements in each file, then the parameters with their stand-ins.
    static func writePlan(_ plan: SanitizePlan, to console: Console) {
        for file in plan.files {
            let count = plan.replacementCount(in: file)
            guard count > 0 else { continue }
            console.print("\(Printable.text(file.path)): \(Count.of(count, "replacement"))")
        }
        console.print("")
        let width = plan.parameters.map(\.name.utf8.count).max() ?? 0
        for parameter in plan.parameters.dropFirst(plan.inheritedCount).sorted(by: { $0.name < $1.name }) {
            let padding = String(repeating: " ", count: width - parameter.name.utf8.count)
            console.print("\(parameter.name)\(padding)  \(parameter.standIn)")
        }
        console.say("would replace \(summary(of: plan))")
        KeptText.write(plan.keeping.places, to: console)
    }

    /// Prints what was done and proved.
    static func summarize(_ outcome: Sanitize.Outcome, plan: SanitizePlan, output: String, console: Console) {
        let proof = outcome.proof
        if outcome.lateValues > 0 {
            let values = Count.of(outcome.lateValues, "value")
            console.say("note: \(values) could be found only after others had been replaced; the proof covers them too")
        }
        for omission in outcome.unproved.sorted(by: { $0.path < $1.path }) {
            console.say("left out: \(Printable.text(omission.path)) (\(omission.reason))")
        }
        console.say("replaced \(summary(of: plan))")
        KeptText.write(plan.keeping.places, to: console)
        console.say(
            "proved: searched \(Count.of(proof.files, "file")), \(Count.bytes(proof.bytes)), for "
                + "\(Count.of(proof.values, "value")) in \(Count.of(proof.forms, "form")): \(proof.left) left"
        )
        console.say("a second scan of \(Count.of(outcome.rescannedFiles, "file")) found nothing")
        console.say("the sanitized deployment is in \(output)")
    }

    /// Prints the place of the sealed map and what it cannot restore; or, without a map, the consequence.
    static func writeMap(_ path: String?, absent: [SealedMap.Absent], to console: Console) {
        guard let path else {
            console.say(
                "no sealed map was written, so the original cannot be restored (--identity or --passphrase-file writes one)"
            )
            return
        }
        for thing in absent { console.say("not in the map: \(Printable.text(thing.path)) (\(thing.reason))") }
        console.say("the sealed map is in \(path)")
    }

    private static func summary(of plan: SanitizePlan) -> String {
        let edited = plan.files.count { plan.replacementCount(in: $0) > 0 }
        let values = plan.parameters.count - plan.inheritedCount
        let files = plan.files.count { $0.container == nil }
        return "\(Count.of(values, "value")) in \(Count.of(plan.replacementCount, "place")) of "
            + "\(Count.of(edited, "file")); \(Count.of(files, "file")) in all, "
            + "\(Count.of(plan.omissions.count - plan.inheritedOmissionCount, "file")) left out"
    }
}
