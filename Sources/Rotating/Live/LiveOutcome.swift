/// The result for one secret after a live rotation.
public struct LiveOutcome: Hashable, Sendable, Codable {
    /// The settings that hold it.
    public var names: [String]
    /// The containers or services that were recreated or restarted for it.
    public var recreated: [String]
    /// Whether the new value is accepted: `accepted`, `refused`, `undecided`; nil if it cannot be tested.
    public var fresh: String?
    /// The verdict on the old value, in the same words.
    public var old: String?
    /// Whether sessions with the old value were ended; nil if there were none.
    public var sessionsEnded: Bool?
    /// The end of the time during which both values are accepted on purpose, in seconds since 1970; nil if only the new
    /// one is accepted.
    public var overlapsUntil: Int?
    /// Notes, in sentences.
    public var notes: [String]
    /// Problems, in sentences.
    public var problems: [String]

    /// Whether everything that could be tested has the right result.
    public var isProved: Bool { problems.isEmpty }
}
