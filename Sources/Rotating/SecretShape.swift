internal import Documents
package import Sodium

/// The shape of a fresh secret.
///
/// Both shapes are safe for every reader in a Jitsi deployment, in every release; quotes, backslashes, `$`, `#`, `&`
/// and blanks are not.
public enum SecretShape: Hashable, Sendable {
    /// Random bytes as lower-case hexadecimal digits.
    case hex(bytes: Int)
    /// Random bytes as base64url without padding.
    case base64URL(bytes: Int)

    /// Parses `hex N` or `base64url N`; nil for anything else, and for fewer than 16 bytes.
    init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, let count = Int(words[1]), count >= 16 else { return nil }
        switch words[0] {
        case "hex": self = .hex(bytes: count)
        case "base64url": self = .base64URL(bytes: count)
        default: return nil
        }
    }

    /// Returns this shape with at least a number of characters; an odd number is rounded up for hexadecimal digits.
    func with(characters: Int?) -> SecretShape {
        guard let characters else { return self }
        return switch self {
        case .hex: .hex(bytes: max(16, (characters + 1) / 2))
        case .base64URL: .base64URL(bytes: max(16, (characters * 3 + 3) / 4))
        }
    }

    /// Generates a secret of this shape.
    ///
    /// A secret that YAML would read as an unquoted number, or a command as an option, is discarded; about six in a
    /// million are.
    package func mint(from source: RandomSource) -> SecretBytes {
        for _ in 0..<Self.attemptLimit {
            let secret =
                switch self {
                case .hex(let count): source.hexSecret(bytes: count)
                case .base64URL(let count): source.base64URLSecret(bytes: count)
                }
            if secret.withBytes(Self.readsAsText) { return secret }
        }
        preconditionFailure("the source of fresh bytes repeats itself")
    }

    private static let attemptLimit = 100

    private static func readsAsText(_ bytes: RawSpan) -> Bool {
        let text = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
        let isNumberLike = text.allSatisfy { $0.isDigit || "eE_-".utf8.contains($0) }
        return !isNumberLike && text.first != UInt8(ascii: "-")
    }
}
