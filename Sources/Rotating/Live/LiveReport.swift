/// The result of a live rotation: names, sentences and words, without values.
public struct LiveReport: Hashable, Sendable, Codable {
    /// The kind of action.
    public enum Action: String, Hashable, Sendable, Codable {
        /// New values were applied.
        case rotated
        /// A killed or waiting run was continued.
        case resumed
        /// The old values were restored.
        case rolledBack
    }

    /// The action.
    public var action: Action
    /// The consecutive number of the rotation.
    public var generation: Int
    /// The running services that were found and how, in sentences.
    public var evidence: [String]
    /// The result for each secret.
    public var outcomes: [LiveOutcome]
    /// The duration in milliseconds, without waiting for an overlap.
    public var milliseconds: Int

    /// Makes a report.
    package init(
        action: Action,
        generation: Int,
        evidence: [String],
        outcomes: [LiveOutcome],
        milliseconds: Int
    ) {
        self.action = action
        self.generation = generation
        self.evidence = evidence
        self.outcomes = outcomes
        self.milliseconds = milliseconds
    }

    /// Whether every service that could be tested accepts the right value and no other.
    public var isProved: Bool { outcomes.allSatisfy(\.isProved) }
    /// The end of the time during which a TURN server accepts two secrets on purpose, in seconds since 1970; nil if
    /// none does.
    public var overlapsUntil: Int? { outcomes.compactMap(\.overlapsUntil).max() }

    /// What is left to do, if not everything is proved or a TURN server accepts two secrets.
    public var remedy: LiveError.Remedy? {
        guard isProved else { return .resumingOrRollingBack }
        return overlapsUntil == nil ? nil : .removingOldSecretOrRollingBack
    }
}

extension LiveReport: CustomStringConvertible {
    /// The report as lines of text.
    public var description: String {
        var lines = ["running services:"] + evidence.map { "  \($0)" } + ["results:"]
        for outcome in outcomes {
            let (coming, going) = action == .rolledBack ? ("former", "latest") : ("new", "old")
            let answers = [
                outcome.fresh.map { "\(coming) \($0)" }, outcome.old.map { "\(going) \($0)" },
                outcome.sessionsEnded.map { $0 ? "old sessions ended" : "old sessions still open" },
            ].compactMap { $0 }
            let words = answers.isEmpty ? "not tried" : answers.joined(separator: ", ")
            let mark = !outcome.isProved ? "NO" : answers.isEmpty ? "--" : "ok"
            lines.append("  \(mark) \(outcome.names.joined(separator: ", ")): \(words)")
            if !outcome.recreated.isEmpty {
                lines.append("    recreated or restarted: \(outcome.recreated.joined(separator: ", "))")
            }
            lines += outcome.problems.map { "    problem: \($0)" }
            lines += outcome.notes.map { "    note: \($0)" }
        }
        return lines.joined(separator: "\n")
    }
}
