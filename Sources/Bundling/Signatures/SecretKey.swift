public import Sodium

/// A minisign secret key, ready to sign.
public struct SecretKey: ~Copyable, Sendable {
    /// The public half, with the key id.
    public let publicKey: PublicKey
    private let signingKey: SigningKey

    /// Makes a key from its parts.
    public init(id: KeyID, signingKey: consuming SigningKey) {
        publicKey = PublicKey(id: id, verificationKey: signingKey.verificationKey)
        self.signingKey = signingKey
    }

    /// Makes a fresh key with a fresh key id.
    public static func generate(from source: RandomSource = .system) -> SecretKey {
        let id = KeyID(bytes: source.bytes(KeyID.count))
        return SecretKey(id: id, signingKey: SigningKey(from: source))
    }

    /// Returns the Ed25519 signature of `message`.
    borrowing func sign(_ message: [UInt8]) -> [UInt8] {
        signingKey.sign(message)
    }

    /// Lends the 64 bytes of seed and public key to `body`.
    borrowing func withSecretKey(_ body: (RawSpan) -> Void) {
        signingKey.withSecretKey(body)
    }
}
