/// The reason why a policy is invalid.
public struct PolicyError: Error, Hashable, Sendable {
    /// The path of the file.
    public var path: String
    /// The 1-based line; nil if the error is about the whole file.
    public var line: Int?
    /// The 1-based column, counted in bytes; nil if the error is about the whole file.
    public var column: Int?
    /// The id of the invalid rule; nil if the error is about something else.
    public var rule: String?
    /// The problem, in one lower-case sentence.
    public var message: String

    /// Makes an error.
    public init(at path: String, line: Int? = nil, column: Int? = nil, rule: String? = nil, _ message: String) {
        self.path = path
        self.line = line
        self.column = column
        self.rule = rule
        self.message = message
    }

    /// The path, with line and column if they are known.
    public var place: String { path + [line, column].compactMap { $0.map { ":\($0)" } }.joined() }

    /// Two errors are equal if they are about the same rule, or both about no rule, at the same line of the same file.
    public static func == (left: PolicyError, right: PolicyError) -> Bool {
        left.path == right.path && left.line == right.line && left.rule == right.rule
    }

    /// Hashes the path and the rule.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(path)
        hasher.combine(rule)
    }
}
