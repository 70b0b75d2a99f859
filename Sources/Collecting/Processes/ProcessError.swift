public import Documents

/// Why another program could not be used.
public struct ProcessError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// There is no program of that name.
        case notInstalled
        /// The program could not be started.
        case notStarted
        /// The program did not answer in time.
        case timedOut
        /// The program said more than it may.
        case tooMuchOutput
        /// The program ended, or closed its output, before it had said what was waited for.
        case ended
        /// The program ended with an error.
        case failed
    }

    /// The reason.
    public var code: Code
    /// The program's name.
    public var program: String
    /// What happened, in one lower-case sentence; nothing that was sent to the program is part of it.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, of program: String, _ message: String) {
        self.code = code
        self.program = program
        self.message = message
    }
}
