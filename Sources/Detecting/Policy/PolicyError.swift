/// Why a policy cannot be used.
public struct PolicyError: Error, Hashable, Sendable {
    /// The path of the file.
    public var path: String
    /// The id of the rule that is wrong; nil where it is something else.
    public var rule: String?
    /// What is wrong, in one lower-case sentence.
    public var message: String

    /// Makes an error.
    public init(at path: String, rule: String? = nil, _ message: String) {
        self.path = path
        self.rule = rule
        self.message = message
    }

    /// Two errors are equal when they are about the same rule of the same file.
    public static func == (left: PolicyError, right: PolicyError) -> Bool {
        left.path == right.path && left.rule == right.rule
    }

    /// Hashes the place alone.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(path)
        hasher.combine(rule)
    }
}
