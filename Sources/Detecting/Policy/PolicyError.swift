/// Why a policy cannot be used.
public struct PolicyError: Error, Hashable, Sendable {
    /// The path of the file.
    public var path: String
    /// The 1-based line; nil where the whole file is meant.
    public var line: Int?
    /// The 1-based column, counted in bytes; nil where the whole file is meant.
    public var column: Int?
    /// The id of the rule that is wrong; nil where it is something else.
    public var rule: String?
    /// What is wrong, in one lower-case sentence.
    public var message: String

    /// Makes an error.
    public init(at path: String, line: Int? = nil, column: Int? = nil, rule: String? = nil, _ message: String) {
        self.path = path
        self.line = line
        self.column = column
        self.rule = rule
        self.message = message
    }

    /// The path, with line and column where they are known.
    public var place: String { path + [line, column].compactMap { $0.map { ":\($0)" } }.joined() }

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
