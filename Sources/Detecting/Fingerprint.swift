internal import Sodium

/// The keyed, irreversible id of a value: the same for the same value and key, and nothing can be told from it.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    /// 32 lower-case hexadecimal digits: the first sixteen bytes of the value's keyed BLAKE2b (RFC 7693).
    public let description: String

    /// The fingerprint of `value`; letter case counts only in kinds where it matters.
    ///
    /// The owner's key may have any length; one of 16 to 64 bytes is used as it is.
    public init(of value: KnownValue, key: [UInt8]) {
        let canonical = value.caseInsensitive ? value.bytes.map(\.lowered) : value.bytes
        let key = (16...64).contains(key.count) ? key : BLAKE2b.hash(key).bytes
        do {
            let code = try BLAKE2b.authenticate(canonical, key: SecretBytes(copying: key))
            description = Hex.encode(Array(code.prefix(16)))
        } catch {
            preconditionFailure("a key of \(key.count) bytes is refused: \(error)")
        }
    }
}
