/// A server's verdict on a secret.
public enum Verdict: Hashable, Sendable {
    /// It accepted the secret.
    case accepted
    /// It refused the secret.
    case refused
    /// It did neither, for this reason: for example, the account is locked, the server is busy, or nothing answers.
    case undecided(String)

    /// The verdict in one word.
    public var word: String {
        switch self {
        case .accepted: "accepted"
        case .refused: "refused"
        case .undecided: "undecided"
        }
    }

    /// Returns the common verdict of several attempts, which must all agree.
    static func unanimous(_ verdicts: [Verdict]) -> Verdict {
        guard let first = verdicts.first else { return .undecided("nothing could be tested") }
        for verdict in verdicts where verdict != first {
            if case .undecided = verdict { return verdict }
            if case .undecided = first { return first }
            return .undecided("one login mechanism accepts it, another refuses it")
        }
        return first
    }
}
