internal import Sanitizing
internal import ScrubjayKit

/// The sentences shared by a report's page and summary.
struct ReportText {
    let report: SanitizeReport

    /// The heading.
    static let title = OwnReport.title

    /// What was done, in one sentence.
    var deed: String {
        let totals = report.totals
        if totals.places == 0 {
            return report.evidence == nil ? "Nothing would be replaced." : "There was nothing to replace."
        }
        let values = Count.of(totals.values, "value")
        let places = Count.of(totals.places, "place")
        let files = Count.of(totals.changedFiles, "file")
        let verb = totals.values == 1 ? "is" : "are"
        return report.evidence == nil
            ? "\(values) in \(places) of \(files) would be replaced."
            : "\(values) in \(places) of \(files) \(verb) replaced."
    }

    /// What was proved, in one sentence.
    var verdict: String {
        guard let evidence = report.evidence else {
            return "This is a plan: no file has been written, and nothing has been proved yet."
        }
        return "Proved on the \(Count.of(evidence.residue.files, "file")) that were written: "
            + "\(evidence.residue.left) left, in any form."
    }

    /// The method of the proof.
    static let method =
        "Every value was spelled in every form in which it can occur (as it is, in other letter case, escaped, in base64, "
        + "in hexadecimal digits, reversed) and searched for in every byte and file name that was written, by code that "
        + "shares nothing with the code that replaced it. Then all files were scanned again, as if they were new. Values of "
        + "fewer than four characters, and ordinary words, are replaced where they were found; they are not searched for "
        + "elsewhere, because they occur everywhere by chance."

    /// The properties of the page.
    static let promise =
        "This report contains none of the values, nor their lengths or first letters. Lines are shown as they are in the "
        + "sanitized files; a mask in place of a value names its kind."

    /// What requires human judgement.
    static let byHand =
        "No program recognises every name in ordinary sentences. Before publishing, read comments, notes and file names "
        + "yourself."

    /// How a parameter gets its value.
    static func filling(_ entry: SanitizeReport.ParameterEntry) -> String {
        let parameter = entry.parameter
        if let origin = parameter.origin { return "computed from \(origin.parameter)" }
        if !parameter.isRequired { return "may stay" }
        return parameter.generator == nil ? "to fill in" : "generated"
    }
}
