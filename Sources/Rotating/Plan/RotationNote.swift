/// A note about a secret for the owner, without its value.
public enum RotationNote: Hashable, Sendable {
    /// The value is publicly known: a default or an example.
    case weak
    /// The value is so short that it can be guessed.
    case short(bytes: Int)
    /// Several settings hold the value, so anyone who knows one of them knows all.
    case reused
    /// The tree holds several values of the setting, as if for several deployments; each is a separate secret.
    case several(values: Int)
    /// The value is too common a word to be replaced everywhere; only known settings are changed.
    case common

    /// The note as a sentence.
    public var message: String {
        switch self {
        case .weak: "a well-known default value"
        case .short(let count): "a value of only \(count) characters"
        case .reused: "these settings share one value and get one fresh value: anyone who knows it has all of them"
        case .several(let values):
            "the files have \(values) different values for it; each gets its own fresh value"
        case .common:
            "the value is a common word, so it is replaced only in known settings: check other places yourself"
        }
    }
}
