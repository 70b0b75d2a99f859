/// Why a workflow could not be done.
public struct KitError: Error, Hashable, Sendable {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// The run was interrupted.
        case interrupted
        /// What was asked for does not fit together.
        case unsuitable
        /// Something that is needed was not given.
        case incomplete
        /// Something sensitive is where nothing sensitive may be.
        case sensitive
        /// What the deployment holds cannot be handled.
        case refused
        /// The command line names something that does not exist.
        case unknownName
    }

    /// The reason.
    public var code: Code
    /// What happened, in one lower-case sentence.
    public var message: String
    /// What to do, where there is something.
    public var hint: String?

    /// Makes an error.
    public init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// Two errors are equal when their codes are.
    public static func == (left: KitError, right: KitError) -> Bool { left.code == right.code }

    /// Hashes the code alone.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
