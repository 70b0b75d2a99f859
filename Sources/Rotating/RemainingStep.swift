/// A manual step after the files have changed.
public struct RemainingStep: Hashable, Sendable, Codable {
    /// What to do, and why.
    public var text: String
    /// The commands for it, in order, without secrets.
    public var commands: [String]

    /// Makes a step.
    public init(_ text: String, commands: [String] = []) {
        self.text = text
        self.commands = commands
    }
}
