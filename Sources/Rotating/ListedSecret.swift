/// One secret of a deployment in a listing: its places and quality, without the value.
public struct ListedSecret: Hashable, Sendable {
    /// The settings that hold it.
    public var names: [String]
    /// The effect of a rotation on it: `fresh`, `elsewhere`, `issued`.
    public var change: String
    /// The number of its places; nil if it is not changed and its places were not counted.
    public var placeCount: Int?
    /// The weaknesses of the value, in sentences.
    public var notes: [String]
    /// The time of the latest change to a file that holds the secret, in seconds since 1970; nil if unknown.
    public var lastChange: Int?
}
