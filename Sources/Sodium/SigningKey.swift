internal import CSodium

/// An Ed25519 secret key (RFC 8032).
public struct SigningKey: ~Copyable, Sendable {
    /// The size of a seed in bytes.
    public static let seedCount = 32
    /// The size of a signature in bytes.
    public static let signatureCount = 64
    /// The size of a secret key in bytes: the seed, then the public key.
    public static let secretKeyCount = 64

    private let secretKey: SecretBytes
    /// The public half.
    public let verificationKey: VerificationKey

    /// Makes the key of a 32-byte seed.
    ///
    /// - Throws: ``SodiumError`` with code `wrongLength`.
    public init(seed: borrowing SecretBytes) throws(SodiumError) {
        guard seed.count == Self.seedCount else {
            throw SodiumError(.wrongLength, "an Ed25519 seed has 32 bytes, and this one has \(seed.count)")
        }
        self.init(checkedSeed: seed)
    }

    /// Makes a key from the 64 bytes of seed and public key, as stored by minisign.
    ///
    /// - Throws: ``SodiumError`` with code `wrongLength`, or `malformedKey` if the public key is not the seed's:
    ///   signing with such a pair would reveal the seed.
    public init(secretKey: borrowing SecretBytes) throws(SodiumError) {
        guard secretKey.count == Self.secretKeyCount else {
            throw SodiumError(.wrongLength, "an Ed25519 secret key has 64 bytes, and this one has \(secretKey.count)")
        }
        let seed = secretKey.withBytes { SecretBytes(copying: $0.extracting(first: Self.seedCount)) }
        let derived = SigningKey(checkedSeed: seed)
        guard derived.secretKey == secretKey else {
            throw SodiumError(.malformedKey, "the two halves of the secret key do not belong together")
        }
        self = derived
    }

    /// Makes a fresh key.
    public init(from source: RandomSource) {
        self.init(checkedSeed: source.secret(Self.seedCount))
    }

    private init(checkedSeed seed: borrowing SecretBytes) {
        var publicKey = [UInt8](repeating: 0, count: VerificationKey.count)
        secretKey = SecretBytes(count: Self.secretKeyCount) { secretKey in
            unsafe secretKey.withCBytes { secretKey in
                seed.withBytes { seed in
                    unsafe seed.withCBytes { _ = unsafe crypto_sign_seed_keypair(&publicKey, secretKey, $0) }
                }
            }
        }
        verificationKey = VerificationKey(derived: publicKey)
    }

    /// Returns the signature of `message`: 64 bytes, the same for the same key and message.
    public borrowing func sign(_ message: RawSpan) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: Self.signatureCount)
        secretKey.withBytes { secretKey in
            unsafe secretKey.withCBytes { secretKey in
                unsafe message.withCBytes { text in
                    _ = unsafe crypto_sign_detached(&signature, nil, text, message.cLength, secretKey)
                }
            }
        }
        return signature
    }

    /// Returns the signature of `message`: 64 bytes, the same for the same key and message.
    public borrowing func sign(_ message: [UInt8]) -> [UInt8] {
        message.withBytes { sign($0) }
    }

    /// Lends the 64 bytes of seed and public key to `body`.
    public borrowing func withSecretKey<Result: ~Copyable, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try secretKey.withBytes(body)
    }
}
