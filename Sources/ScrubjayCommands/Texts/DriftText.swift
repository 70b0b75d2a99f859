internal import Bundling
internal import Documents
internal import ScrubjayKit

/// Prints the differences between a deployment and a bundle.
///
/// Lines of the bundle are shown unchanged, because they are public. Of the deployment's lines, only names of settings
/// and masked values are shown.
enum DriftText {
    static func write(_ outcome: Drift.Outcome, to console: Console) {
        let difference = outcome.difference
        for file in difference.files {
            console.print("\(file.kind.rawValue) \(Printable.text(file.path))")
            for line in file.removedLines { console.print("  - line \(line.number): \(Printable.text(line.text))") }
            for number in file.addedLines {
                console.print("  + line \(number): \(Printable.text(outcome.masked[file.path]?[number] ?? ""))")
            }
        }
        for disagreement in difference.disagreements {
            let places = disagreement.places.map { Printable.text($0) }.joined(separator: " and ")
            console.print("different values of \(disagreement.parameter): \(places)")
        }
        let count = difference.files.count + difference.disagreements.count
        let what = count == 0 ? "no differences" : Count.of(count, "difference")
        console.say("compared \(Count.of(difference.comparedCount, "file")) with the bundle: \(what)")
    }

    static func json(_ outcome: Drift.Outcome) -> JSONValue {
        let difference = outcome.difference
        return [
            "compared": .integer(difference.comparedCount),
            "files": .array(
                difference.files.map { file in
                    [
                        "path": .string(file.path), "change": .string(file.kind.rawValue),
                        "removedLines": .array(
                            file.removedLines.map { ["line": .integer($0.number), "text": .string($0.text)] }
                        ),
                        "addedLines": .array(
                            file.addedLines.map {
                                ["line": .integer($0), "mask": .string(outcome.masked[file.path]?[$0] ?? "")]
                            }
                        ),
                    ]
                }
            ),
            "twoValues": .array(
                difference.disagreements.map {
                    [
                        "parameter": .string($0.parameter),
                        "places": .array($0.places.map { .string($0) }),
                    ]
                }
            ),
        ]
    }
}
