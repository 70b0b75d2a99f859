/// The result of a rotation and the remaining steps: names, paths and counts, without values.
public struct Receipt: Hashable, Sendable, Codable {
    /// One secret that was replaced.
    public struct Secret: Hashable, Sendable, Codable {
        /// The settings that hold it.
        public var names: [String]
        /// The number of places with the fresh value.
        public var count: Int
        /// The number of places in each file.
        public var places: [RotationPlan.Place]
        /// Notes for the owner.
        public var notes: [String]
        /// For a key, its new public half, which the other side must be told; nil for any other secret.
        public var publicHalf: String?
    }

    /// One secret that was not changed.
    public struct Kept: Hashable, Sendable, Codable {
        /// The setting.
        public var name: String
        /// The reason, and what to do about it.
        public var explanation: String
        /// Notes for the owner.
        public var notes: [String]
    }

    /// The format version.
    public var version = 1
    /// The consecutive number of the rotation.
    public var generation: Int
    /// The time of the rotation, as given.
    public var time: String
    /// The replaced secrets.
    public var secrets: [Secret]
    /// The unchanged secrets.
    public var kept: [Kept]
    /// Warnings for the owner.
    public var warnings: [String]
    /// The remaining steps, in order.
    public var steps: [RemainingStep]

    /// Makes the receipt of a plan that was applied.
    init(of plan: RotationPlan, warnings: [RotationWarning], generation: Int, time: String) {
        self.generation = generation
        self.time = time
        secrets = plan.secrets.map { secret in
            Secret(
                names: secret.names,
                count: secret.placeCount,
                places: secret.places,
                notes: secret.notes.map(\.message),
                publicHalf: secret.publicHalf
            )
        }
        kept = plan.kept.map {
            Kept(name: $0.setting.name, explanation: $0.explanation, notes: $0.notes.map(\.message))
        }
        self.warnings = (plan.warnings + warnings).map(\.message)
        steps = plan.steps
    }
}

extension Receipt: CustomStringConvertible {
    /// The receipt as lines of text.
    public var description: String {
        var lines = ["rotation \(generation), \(time)"]
        for secret in secrets {
            let places = secret.count == 1 ? "1 place" : "\(secret.count) places"
            lines.append("  \(secret.names.joined(separator: ", ")): new value in \(places)")
            lines += secret.places.map { "    \($0.path): \($0.count)" }
            lines += secret.notes.map { "    note: \($0)" }
            if let half = secret.publicHalf {
                lines.append("    the public key, for the other side:")
                lines += half.split(separator: "\n").map { "      \($0)" }
            }
        }
        for kept in kept {
            lines.append("  \(kept.name): not rotated; \(kept.explanation)")
            lines += kept.notes.map { "    note: \($0)" }
        }
        lines += warnings.map { "warning: \($0)" }
        if !steps.isEmpty { lines.append("still to be done:") }
        for (index, step) in steps.enumerated() {
            lines.append("  \(index + 1). \(step.text)")
            lines += step.commands.map { "       \($0)" }
        }
        return lines.joined(separator: "\n")
    }
}
