/// The exit status of a run.
public enum ExitStatus: Int32, Sendable {
    /// Done, or the answer is yes.
    case success = 0
    /// The answer is no: findings, a bad signature, something missing.
    case answerIsNo = 1
    /// The work could not be done: unreadable, malformed, no such key.
    case failure = 2
    /// The command line is wrong.
    case usage = 64
    /// Interrupted by a signal.
    case interrupted = 130
}
