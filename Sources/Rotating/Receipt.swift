/// What a rotation did and what it leaves to do; names, paths and counts, and never a value.
public struct Receipt: Hashable, Sendable, Codable {
    /// One secret that was replaced.
    public struct Secret: Hashable, Sendable, Codable {
        /// The settings that hold it.
        public var names: [String]
        /// How many places have the fresh value.
        public var count: Int
        /// The files, and how many of the places each has.
        public var places: [RotationPlan.Place]
        /// What the owner should know about it.
        public var notes: [String]
        /// For a key, its new public half, for the other side; nil for any other secret.
        public var publicHalf: String?
    }

    /// One secret that stayed as it was.
    public struct Kept: Hashable, Sendable, Codable {
        /// The setting.
        public var name: String
        /// Why, and what to do about it.
        public var explanation: String
        /// What the owner should know about it.
        public var notes: [String]
    }

    /// The version of this form.
    public var version = 1
    /// The running number of the rotation.
    public var generation: Int
    /// When it was done, as it was handed in.
    public var time: String
    /// What was replaced.
    public var secrets: [Secret]
    /// What stayed.
    public var kept: [Kept]
    /// What the owner should see to.
    public var warnings: [String]
    /// What must still be done, in order.
    public var steps: [RemainingStep]

    /// Makes the receipt of a plan that was carried out.
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
            lines.append("  \(secret.names.joined(separator: ", ")): fresh at \(places)")
            lines += secret.places.map { "    \($0.path): \($0.count)" }
            lines += secret.notes.map { "    note: \($0)" }
            if let half = secret.publicHalf {
                lines.append("    its public half, for the other side:")
                lines += half.split(separator: "\n").map { "      \($0)" }
            }
        }
        for kept in kept {
            lines.append("  \(kept.name): as before; \(kept.explanation)")
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
