internal import Collecting
internal import Sodium

/// A form of key pair, with the text format of its private key.
public enum KeyForm: Hashable, Sendable {
    /// X25519 (RFC 7748): 32 bytes in base64, as in WireGuard.
    case x25519
    /// Ed25519 (RFC 8032): a key id and a seed of 32 bytes in unpadded base64, as in Synapse's signing key file:
    /// `ed25519 a_AbCd …`.
    case ed25519
    /// RSA with a number of bits: PEM, or its DER as one line of base64, as in the original file.
    case rsa(bits: Int)

    /// Parses `x25519`, `ed25519` or `rsa N`; nil for anything else, and for an RSA key that is too short.
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
