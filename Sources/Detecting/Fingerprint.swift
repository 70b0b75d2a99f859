internal import Sodium

/// The keyed, irreversible id of a value: the same for the same value and key, and nothing can be told from it.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    /// 32 lower-case hexadecimal digits: the first sixteen bytes of the value's keyed BLAKE2b (RFC 7693).
    public let description: String

    /// The key that fingerprints are made with, from the owner's; that may have any length, and one of 16 to 64 bytes is
    /// used as it is.
    static func key(from bytes: [UInt8]) -> SecretBytes {
        SecretBytes(copying: (16...64).contains(bytes.count) ? bytes : BLAKE2b.hash(bytes).bytes)
    }

    /// The fingerprint of the bytes of a value of `kind`; letter case counts only in kinds where it matters.
    ///
    /// - Parameters:
    ///   - bytes: the value.
    ///   - kind: what it is.
    ///   - key: what ``key(from:)`` made.
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
