internal import Collecting
internal import Documents
internal import Rotating

/// Messages of a rotation.
enum RotateText {
    /// Describes what an earlier, killed run left behind.
    static func report(_ recovery: FileTransaction.Recovery, to console: Console) {
        switch recovery {
        case .nothingToDo: break
        case .rolledBack:
            console.say(
                "an earlier rotation was interrupted before it changed anything; its temporary files were removed"
            )
        case .finished: console.say("an earlier rotation was interrupted; it has been completed")
        }
    }

    /// Describes the cost of another rotation of files only.
    static func losesWayBack(over generation: Int) -> String {
        "rotation \(generation) changed only files; rotating again discards the values from before it, which the running "
            + "services may still use"
    }

    /// Describes what a rollback restored, or would restore.
    static func restored(_ paths: [String], isDone: Bool, isLive: Bool) -> String {
        let files = "\(Count.of(paths.count, "file")): \(paths.joined(separator: ", "))"
        guard isDone else { return "would restore " + files }
        return "restored " + files + (isLive ? "" : "\nrecreate the containers, so that they use these values again")
    }

    /// Wraps long lines between words; continuation lines are indented by two more columns.
    static func wrapped(_ text: String, columns: Int = 100) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            // Commands are indented further than prose, and stay whole for copying.
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

    /// Summarises a plan.
    static func wouldRotate(_ plan: RotationPlan) -> String {
        let places = plan.secrets.reduce(0) { $0 + $1.placeCount }
        return "would rotate \(Count.of(plan.secrets.count, "secret")) in \(Count.of(places, "place")) of "
            + Count.of(plan.paths.count, "file")
    }

    /// Suggests how to rotate secrets that stayed because somebody else must change them too; nil if there are none.
    static func hint(onKept kept: [RotationPlan.Kept]) -> String? {
        let names = kept.filter { $0.reason == .sharedWithAnother }.map { "--only \($0.setting.name)" }
        guard !names.isEmpty else { return nil }
        return "hint: when the other side is ready, rotate the rest with \(names.joined(separator: " "))"
    }

    /// Lists the secrets of a deployment.
    static func text(_ listing: SecretListing) -> String {
        var lines: [String] = []
        for secret in listing.secrets {
            let stays =
                secret.change == "issued" ? "not rotated, because somebody else issues it" : "only rotated with --only"
            let places = secret.placeCount.map { Count.of($0, "place") } ?? stays
            let age = secret.lastChange.map { ", last changed \(UTC.text(Int64($0)))" } ?? ""
            lines.append("\(secret.names.joined(separator: ", ")): \(places)\(age)")
            lines += secret.notes.isEmpty ? [] : secret.notes.map { "  \($0)" }
        }
        lines += listing.warnings.map { "warning: \($0)" }
        lines += sentences(on: listing.era)
        lines.append(
            "\(Count.of(listing.secrets.count, "secret")) found; \(listing.knownCount) settings are known"
        )
        return lines.joined(separator: "\n")
    }

    /// Describes the release of the images and its consequences.
    private static func sentences(on era: DeploymentEra) -> [String] {
        ["release: \(era)"]
            + (era.layout.map {
                ["Prosody's accounts: \($0.accountFolder(of: "HOST")), in the folder that CONFIG names"]
            } ?? [])
            + (era.regime.map { ["how accounts change: \($0.name). \($0.meaning)"] } ?? [])
    }

    /// Returns the secrets of a deployment for machines.
    static func json(_ listing: SecretListing) -> JSONValue {
        [
            "known": .integer(listing.knownCount),
            "secrets": .array(
                listing.secrets.map { secret in
                    [
                        "names": .array(secret.names.map { .string($0) }),
                        "change": .string(secret.change),
                        "places": secret.placeCount.map { .integer($0) } ?? .null,
                        "lastChange": secret.lastChange.map { .integer($0) } ?? .null,
                        "notes": .array(secret.notes.map { .string($0) }),
                    ]
                }
            ),
            "warnings": .array(listing.warnings.map { .string($0) }),
            "release": listing.era.release.map { .string("\($0)") } ?? .null,
            "layouts": .array(listing.era.layouts.map { .string($0.name) }),
            "regime": listing.era.regime.map { .string($0.name) } ?? .null,
        ]
    }

    /// Returns a plan for machines.
    static func json(_ plan: RotationPlan) -> JSONValue {
        [
            "action": "planned",
            "secrets": .array(
                plan.secrets.map { secret in
                    [
                        "names": texts(secret.names), "count": .integer(secret.placeCount),
                        "places": json(secret.places),
                        "notes": texts(secret.notes.map(\.message)),
                    ]
                }
            ),
            "kept": .array(
                plan.kept.map {
                    [
                        "name": .string($0.setting.name), "explanation": .string($0.explanation),
                        "notes": texts($0.notes.map(\.message)),
                    ]
                }
            ),
            "warnings": texts(plan.warnings.map(\.message)),
        ]
    }

    /// Returns what a rollback restored, or would restore, for machines.
    static func json(restored paths: [String], isDone: Bool, report: LiveReport?) -> JSONValue {
        guard let report, case .object(let members) = json(report) else {
            return ["action": .string(isDone ? "rolledBack" : "planned"), "files": texts(paths)]
        }
        return .object(members + [JSONValue.Member("files", texts(paths))])
    }

    private static func json(_ places: [RotationPlan.Place]) -> JSONValue {
        .array(places.map { ["path": .string($0.path), "count": .integer($0.count)] })
    }

    private static func texts(_ list: [String]) -> JSONValue { .array(list.map { .string($0) }) }

    /// Returns the exit status of a live rotation: 1 if something is unproved, or the old TURN secret is still valid.
    static func status(of report: LiveReport) -> ExitStatus {
        report.isProved && report.overlapsUntil == nil ? .success : .answerIsNo
    }

    /// Returns the receipt for machines.
    static func json(_ receipt: Receipt, report: LiveReport? = nil) -> JSONValue {
        guard case .object(var members) = Self.json(ofFiles: receipt) else { return .null }
        if let report {
            members.removeAll { $0.name == "steps" }
            members.append(JSONValue.Member("live", json(report)))
        }
        return .object(members)
    }

    /// The result for running services as lines of text, with what is left to do.
    static func text(of report: LiveReport) -> String {
        ([report.description] + advice(on: report).enumerated().map { "  \($0 + 1). \($1)" }).joined(separator: "\n")
    }

    private static func advice(on report: LiveReport) -> [String] {
        switch report.remedy {
        case nil: []
        case .removingOldSecretOrRollingBack:
            [
                "The TURN server also accepts the old secret, so that calls are not cut off. Remove it with --resume when the "
                    + "overlap is over."
            ]
        default:
            [
                "Some steps failed. Fix what is named above and run again with --resume, which repeats all steps; or go back "
                    + "to the old values with --rollback."
            ]
        }
    }

    /// Returns the result for running services, for machines.
    static func json(_ report: LiveReport) -> JSONValue {
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        return [
            "action": .string(report.action.rawValue),
            "generation": .integer(report.generation),
            "proved": .bool(report.isProved),
            "milliseconds": .integer(report.milliseconds),
            "evidence": texts(report.evidence),
            "secrets": .array(
                report.outcomes.map { outcome in
                    [
                        "names": texts(outcome.names),
                        "recreated": texts(outcome.recreated),
                        "new": text(outcome.fresh),
                        "old": text(outcome.old),
                        "sessionsEnded": outcome.sessionsEnded.map { .bool($0) } ?? .null,
                        "overlapsUntil": outcome.overlapsUntil.map { .integer($0) } ?? .null,
                        "notes": texts(outcome.notes),
                        "problems": texts(outcome.problems),
                    ]
                }
            ),
            "advice": texts(advice(on: report)),
        ]
    }

    private static func json(ofFiles receipt: Receipt) -> JSONValue {
        [
            "version": .integer(receipt.version),
            "generation": .integer(receipt.generation),
            "time": .string(receipt.time),
            "secrets": .array(
                receipt.secrets.map { secret in
                    [
                        "names": texts(secret.names), "count": .integer(secret.count), "places": json(secret.places),
                        "notes": texts(secret.notes),
                        "publicHalf": secret.publicHalf.map { .string($0) } ?? .null,
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
