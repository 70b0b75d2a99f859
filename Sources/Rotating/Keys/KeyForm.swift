internal import Collecting
internal import Sodium

/// A kind of key pair, with the text in which its reader takes the private key.
public enum KeyForm: Hashable, Sendable {
    /// X25519, RFC 7748: 32 bytes in base64, as WireGuard has them.
    case x25519
    /// Ed25519, RFC 8032: a key id and a seed of 32 bytes in base64 without padding, as Synapse has them in its signing key
    /// file: `ed25519 a_AbCd …`.
    case ed25519
    /// RSA of so many bits: PEM, or the DER that is in it as one line of base64, as the file had it.
    case rsa(bits: Int)

    /// Reads `x25519`, `ed25519` or `rsa N`; nil for anything else, and for an RSA key that is too short to be good.
    init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        switch (words.first, words.count) {
        case ("x25519", 1): self = .x25519
        case ("ed25519", 1): self = .ed25519
        case ("rsa", 2):
            guard let bits = Int(words[1]), (2048...8192).contains(bits) else { return nil }
            self = .rsa(bits: bits)
        default: return nil
        }
    }
}
