internal import CSodium

/// An Ed25519 public key (RFC 8032).
public struct VerificationKey: Hashable, Sendable {
    /// The size of a public key in bytes.
    public static let count = 32

    /// The encoded point.
    public let bytes: [UInt8]

    /// Makes a key from its 32 bytes.
    ///
    /// - Throws: ``SodiumError`` with code `wrongLength`, or `malformedKey` if they are not the canonical encoding of a
    ///   point in the main subgroup, which every properly generated key is.
    public init(_ bytes: [UInt8]) throws(SodiumError) {
        guard bytes.count == Self.count else {
            throw SodiumError(.wrongLength, "an Ed25519 public key has 32 bytes, and this one has \(bytes.count)")
        }
        Library.start()
        guard unsafe crypto_core_ed25519_is_valid_point(bytes) == 1 else {
            throw SodiumError(.malformedKey, "the public key is not a point of the curve")
        }
        self.bytes = bytes
    }

    /// Makes the key that was just computed from a seed.
    init(derived bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether `signature` is this key's signature of `message`.
    ///
    /// libsodium refuses what RFC 8032 leaves open: an unreduced `S`, and points of small order.
    public func isValid(_ signature: [UInt8], for message: RawSpan) -> Bool {
        guard signature.count == SigningKey.signatureCount else { return false }
        Library.start()
        let length = message.cLength
        return unsafe message.withCBytes { unsafe crypto_sign_verify_detached(signature, $0, length, bytes) == 0 }
    }

    /// Whether `signature` is this key's signature of `message`.
    public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        message.withBytes { isValid(signature, for: $0) }
    }
}
