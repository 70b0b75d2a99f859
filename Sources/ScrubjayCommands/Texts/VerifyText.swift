internal import Bundling
internal import Documents
internal import Sanitizing
internal import ScrubjayKit
internal import Sodium

/// Messages about a bundle.
enum VerifyText {
    /// Prints the result for people.
    static func write(_ report: Verify.Report, to console: Console) {
        let bundle = report.bundle
        let (name, version) = (bundle.manifest.bundleName, bundle.manifest.version)
        let title = Printable.text(name.hasSuffix(version) ? name : "\(name) \(version)")
        console.print("\(report.verdict.rawValue): \(title)")
        for signer in bundle.signers { console.print("signed by  \(text(of: signer))") }
        console.print("released   \(UTC.text(bundle.manifest.released))")
        console.print("identity   \(bundle.identity)")
        console.print("files      \(bundle.manifest.files.count)")
        if bundle.isPrivate {
            console.print("private    sealed, not sanitized")
            return
        }
        console.print("parameters \(report.parameters.parameters.count)")
        let kept = KeptText.withoutDeclarations(report.kept)
        if !report.parameters.kept.isEmpty {
            let more = report.namesAll || report.findingCount > 0 ? "" : " or more"
            console.print("kept       \(Count.of(kept.count, "place"))\(more), declared by the signer:")
            KeptText.write(kept, declared: report.parameters.kept, to: console)
        }
        let isCut = !report.namesAll && report.findingCount > 0
        console.print("findings   \(report.findingCount)" + (isCut ? " (stopped at the limit; there may be more)" : ""))
        for statement in report.statements {
            let signers = statement.signers.map(text).joined(separator: ", ")
            console.print("attested   \(subject(of: statement)), by \(signers)")
        }
        for note in report.notes {
            console.say("note: \(Printable.text(note.path)): \(note.message)")
        }
        switch report.comparison {
        case .same: console.print("tree       identical to the bundle")
        case .sameUncompressed:
            console.print("tree       identical to the bundle, except that another version of the compressor was used")
        case .different, nil: break
        }
    }

    /// The maximum number of differences that are named.
    private static let differenceLimit = 20

    /// Prints the differences from a tree.
    static func write(_ differences: [String], to console: Console) {
        let start = "the signature is valid, but the tree gives a different bundle"
        guard differences.count > 1 else {
            return console.say("\(start): \(Printable.text(differences.first ?? ""))")
        }
        console.say("\(start):")
        for difference in differences.prefix(differenceLimit) { console.say("  \(Printable.text(difference))") }
        let others = differences.count - differenceLimit
        if others > 0 { console.say("  and \(Count.of(others, "other difference"))") }
    }

    /// Returns why a bundle was refused or could not be checked, for machines.
    static func json(_ error: ErrorReport, about file: String) -> JSONValue {
        [
            "good": false,
            "file": .string(file),
            "reason": .string(error.reason),
            "message": .string(error.message),
            "hint": error.hint.map { .string($0) } ?? .null,
        ]
    }

    /// Returns the result for machines.
    static func json(_ report: Verify.Report) -> JSONValue {
        let bundle = report.bundle
        let comparison: JSONValue =
            switch report.comparison {
            case nil: .null
            case .same: "same"
            case .sameUncompressed: "sameUncompressed"
            case .different: "different"
            }
        return [
            "good": .bool(report.verdict == .good),
            "verdict": .string(report.verdict.rawValue),
            "name": .string(bundle.manifest.bundleName),
            "version": .string(bundle.manifest.version),
            "signers": .array(
                bundle.signers.map {
                    ["key": .string($0.key.identifier), "name": $0.name.map { .string($0) } ?? .null]
                }
            ),
            "released": .integer(Int(bundle.manifest.released)),
            "identity": .string(bundle.identity.description),
            "files": .integer(bundle.manifest.files.count),
            "parameters": .integer(report.parameters.parameters.count),
            "kept": .array(KeptText.json(KeptText.withoutDeclarations(report.kept))),
            "findings": .integer(report.findingCount),
            "namesAll": .bool(report.namesAll),
            "notes": .array(
                report.notes.map { ["path": .string($0.path), "message": .string($0.message)] }
            ),
            "attested": .array(
                report.statements.map {
                    [
                        "predicateType": .string($0.predicateType),
                        "signers": .array($0.signers.map { .string($0.key.identifier) }),
                    ]
                }
            ),
            "tree": comparison,
            "differences": .array(report.differences.map { .string($0) }),
            "private": .bool(bundle.isPrivate),
        ]
    }

    private static func subject(of statement: BundleStatement) -> String {
        switch statement.predicateType {
        case Provenance.buildPredicate: "how it was built"
        case Provenance.cleanlinessPredicate: "how clean it is"
        default: Printable.text(statement.predicateType)
        }
    }

    private static func text(of signer: Keyring.Entry) -> String {
        signer.key.identifier + (signer.name.map { " (\(Printable.text($0)))" } ?? "")
    }
}
