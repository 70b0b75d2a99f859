/// What running services say about one secret after a rotation.
public struct LiveOutcome: Hashable, Sendable, Codable {
    /// The settings that hold it.
    public var names: [String]
    /// The containers or services that were made or started anew for it.
    public var recreated: [String]
    /// Whether the new value is accepted, as a word: `accepted`, `refused`, `undecided`; nil where there is no way to try it.
    public var fresh: String?
    /// What is said to the old value, as a word.
    public var old: String?
    /// Whether sessions of the old value were ended; nil where there were none.
    public var sessionsEnded: Bool?
    /// Until when both values are accepted on purpose, in seconds since 1970; nil where only the new one is.
    public var overlapsUntil: Int?
    /// What to know, in sentences.
    public var notes: [String]
    /// What went wrong, in sentences; empty where all is as it should be.
    public var problems: [String]

    /// Whether everything that could be asked has the right answer.
    public var isProved: Bool { problems.isEmpty }
}
