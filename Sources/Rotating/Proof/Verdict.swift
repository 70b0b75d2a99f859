/// What a server said to a secret.
public enum Verdict: Hashable, Sendable {
    /// It let its owner in.
    case accepted
    /// It said that the secret is wrong.
    case refused
    /// It said neither, and why: the account is locked, the server is busy, nobody answers.
    case undecided(String)

    /// One word.
    public var word: String {
        switch self {
        case .accepted: "accepted"
        case .refused: "refused"
        case .undecided: "undecided"
        }
    }

    /// The verdict of several tries, which must all agree.
    static func unanimous(_ verdicts: [Verdict]) -> Verdict {
        guard let first = verdicts.first else { return .undecided("nothing could be tried") }
        for verdict in verdicts where verdict != first {
            if case .undecided = verdict { return verdict }
            if case .undecided = first { return first }
            return .undecided("one way to log in accepts it and another refuses it")
        }
        return first
    }
}
