/// The reason why a workflow failed.
public struct KitError: Error, Hashable, Sendable {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// The run was interrupted.
        case interrupted
        /// The request is inconsistent.
        case unsuitable
        /// A required input is missing.
        case incomplete
        /// Sensitive data is where none may be.
        case sensitive
        /// The deployment's contents cannot be handled.
        case refused
        /// The command line names something that does not exist.
        case unknownName
    }

    /// The reason.
    public var code: Code
    /// The problem, in one lower-case sentence.
    public var message: String
    /// The suggested remedy, if there is one.
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
