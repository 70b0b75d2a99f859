/// The key derivation HKDF-SHA-256 (RFC 5869) for keys of 32 bytes: one block of its output.
enum HKDFSHA256 {
    /// Derives the key for a secret, a salt and a purpose.
    static func key(from secret: borrowing SecretBytes, salt: [UInt8], info: String) -> SecretBytes {
        var extract = salt.withBytes { HMACSHA256(key: $0) }
        secret.withBytes { extract.update($0) }
        let pseudorandomKey = extract.finalize()
        var expand = pseudorandomKey.withBytes { HMACSHA256(key: $0) }
        expand.update(Array(info.utf8))
        expand.update([1])
        return expand.finalize()
    }
}
