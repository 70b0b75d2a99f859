package import Sodium

/// What a fresh secret looks like.
///
/// Both shapes pass unharmed through every reader of a Jitsi deployment, in every release: quotes, backslashes, `$`, `#`, `&`
/// and blanks do not.
public enum SecretShape: Hashable, Sendable {
    /// So many random bytes as lower-case hexadecimal digits.
    case hex(bytes: Int)
    /// So many random bytes as base64url without padding.
    case base64URL(bytes: Int)

    /// Reads `hex N` or `base64url N`; nil for anything else, and for fewer than 16 bytes.
    init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, let count = Int(words[1]), count >= 16 else { return nil }
        switch words[0] {
        case "hex": self = .hex(bytes: count)
        case "base64url": self = .base64URL(bytes: count)
        default: return nil
        }
    }

    /// A fresh secret of this shape.
    package func mint(from source: RandomSource) -> SecretBytes {
        switch self {
        case .hex(let count): source.hexSecret(bytes: count)
        case .base64URL(let count): source.base64URLSecret(bytes: count)
        }
    }
}
