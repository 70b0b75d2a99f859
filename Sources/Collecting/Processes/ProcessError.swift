public import Errors

/// The reason why another program could not be used.
public struct ProcessError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// The program is not installed.
        case notInstalled
        /// The program could not be started.
        case notStarted
        /// The program did not answer in time.
        case timedOut
        /// The program's output is too large.
        case tooMuchOutput
        /// The program ended, or closed its output, before its expected output.
        case ended
        /// The program failed.
        case failed
    }

    /// The reason.
    public var code: Code
    /// The program's name.
    public var program: String
    /// The problem, in one lower-case sentence; it contains nothing that was sent to the program.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, of program: String, _ message: String) {
        self.code = code
        self.program = program
        self.message = message
    }
}
