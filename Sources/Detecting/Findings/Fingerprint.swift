internal import Sodium

/// The keyed, irreversible id of a value: the same for the same value and key.
///
/// It reveals nothing about the value.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    /// 32 lower-case hexadecimal digits: the first sixteen bytes of the value's keyed BLAKE2b (RFC 7693).
    public let description: String

    /// Returns the key for fingerprints from the owner's key, which may have any length; one of 16 to 64 bytes is used
    /// unchanged.
    static func key(from bytes: [UInt8]) -> SecretBytes {
        SecretBytes(copying: (16...64).contains(bytes.count) ? bytes : BLAKE2b.hash(bytes).bytes)
    }

    /// Computes the fingerprint of a value of `kind`; letter case counts only in kinds where it matters.
    ///
    /// - Parameters:
    ///   - bytes: the value.
    ///   - kind: the kind of the value.
    ///   - key: the result of ``key(from:)``.
    init(of bytes: [UInt8], kind: Kind, key: borrowing SecretBytes) {
        let canonical = KnownValue.isCaseInsensitive(bytes, kind: kind) ? bytes.map(\.lowered) : bytes
        do {
            let code = try BLAKE2b.authenticate(canonical, key: key)
            description = Hex.encode(Array(code.prefix(16)))
        } catch {
            preconditionFailure("a key of \(key.count) bytes is refused: \(error)")
        }
    }
}
