internal import Collecting
internal import Documents
internal import Rotating

/// Says what a rotation does.
enum RotateText {
    /// What an earlier run, killed in its middle, had left.
    static func report(_ recovery: FileTransaction.Recovery, to console: Console) {
        switch recovery {
        case .nothingToDo: break
        case .rolledBack:
            console.say("an earlier rotation was killed before it changed anything; its files were removed")
        case .finished: console.say("an earlier rotation was killed in its middle; it was finished")
        }
    }

    /// The text with long lines broken between words; what continues a line is indented as it is, and two more.
    static func wrapped(_ text: String, columns: Int = 100) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            // Commands are indented further than prose, and stay whole to be copied.
            guard line.count > columns, !line.hasPrefix("       ") else { return String(line) }
            let indent = String(line.prefix { $0 == " " })
            var lines: [String] = []
            var current = indent
            for word in line.split(separator: " ") {
                if current.count + word.count + 1 > columns && current.contains(where: { $0 != " " }) {
                    lines.append(current)
                    current = indent + "  "
                }
                current += current.last == " " || current.isEmpty ? String(word) : " " + word
            }
            return (lines + [current]).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// The sum of a plan.
    static func wouldRotate(_ plan: RotationPlan) -> String {
        let places = plan.secrets.reduce(0) { $0 + $1.placeCount }
        return "would rotate \(Count.of(plan.secrets.count, "secret")) in \(Count.of(places, "place")) of "
            + Count.of(plan.paths.count, "file")
    }

    /// The receipt for machines.
    static func json(_ receipt: Receipt) -> JSONValue {
        func texts(_ list: [String]) -> JSONValue { .array(list.map { .string($0) }) }
        return [
            "version": .integer(receipt.version),
            "generation": .integer(receipt.generation),
            "time": .string(receipt.time),
            "secrets": .array(
                receipt.secrets.map { secret in
                    [
                        "names": texts(secret.names),
                        "count": .integer(secret.count),
                        "places": .array(
                            secret.places.map { ["path": .string($0.path), "count": .integer($0.count)] }
                        ),
                        "notes": texts(secret.notes),
                    ]
                }
            ),
            "kept": .array(
                receipt.kept.map {
                    ["name": .string($0.name), "explanation": .string($0.explanation), "notes": texts($0.notes)]
                }
            ),
            "warnings": texts(receipt.warnings),
            "steps": .array(receipt.steps.map { ["text": .string($0.text), "commands": texts($0.commands)] }),
        ]
    }
}
