/// How a run ended, as the shell sees it.
public enum ExitStatus: Int32, Sendable {
    /// Done, or the answer is yes.
    case success = 0
    /// The answer is no: findings, a bad signature, something missing.
    case answerIsNo = 1
    /// It could not be done: unreadable, malformed, no such key.
    case failure = 2
    /// The command was written wrongly.
    case usage = 64
    /// Interrupted by a signal.
    case interrupted = 130
}
