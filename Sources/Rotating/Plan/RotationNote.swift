/// A note about a secret for the owner, without its value.
public enum RotationNote: Hashable, Sendable {
    /// The value is publicly known: a default or an example.
    case weak
    /// The value is so short that it can be guessed.
    case short(bytes: Int)
    /// Several settings hold the value, so whoever knows one knows all.
    case reused
    /// The tree holds several values of the setting, as for several deployments; each is a separate secret.
    case several(values: Int)
    /// The value is too common a word to be replaced everywhere; only known settings are changed.
    case common

    /// The note as a sentence.
    public var message: String {
        switch self {
        case .weak: "a value that everybody knows"
        case .short(let count): "a value of only \(count) characters"
        case .reused: "these settings hold one value and get one fresh value: whoever knows it has all of them"
        case .several(let values):
            "the files hold \(values) different values of it, and each gets a fresh one of its own"
        case .common:
            "the value is a common word, so it is replaced only where its setting is known: look for it elsewhere"
        }
    }
}
