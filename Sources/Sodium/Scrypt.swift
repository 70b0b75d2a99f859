internal import CSodium

/// The password-based key derivation scrypt, RFC 7914, with libsodium's choice of N, r and p for two limits.
public struct Scrypt: Hashable, Sendable {
    /// The number of bytes of a salt.
    public static let saltCount = 32

    /// How many operations the derivation may need.
    public var operations: UInt64
    /// How many bytes of memory the derivation may need.
    public var memory: UInt64

    /// Makes a pair of limits.
    public init(operations: UInt64, memory: UInt64) {
        self.operations = operations
        self.memory = memory
    }

    /// 2^25 operations in 1 GiB: what minisign takes for a secret key file.
    public static let sensitive = Scrypt(operations: 1 << 25, memory: 1 << 30)
    /// 2^23 operations in 256 MiB: about two seconds, and a machine with 1 GiB of memory can do it.
    public static let moderate = Scrypt(operations: 1 << 23, memory: 1 << 28)
    /// 2^19 operations in 16 MiB: what libsodium takes where a person waits.
    public static let interactive = Scrypt(operations: 1 << 19, memory: 1 << 24)

    /// The bytes that belong to a password and a salt.
    ///
    /// - Parameters:
    ///   - count: how many bytes are wanted, at least 16.
    ///   - password: the password, of any length.
    ///   - salt: 32 bytes.
    /// - Returns: the derived bytes.
    /// - Throws: ``SodiumError`` with code `wrongLength` for the salt, or `derivationFailed` where the limits are outside
    ///   of what libsodium takes or the memory is not there.
    public func derive(
        _ count: Int,
        from password: borrowing SecretBytes,
        salt: [UInt8]
    ) throws(SodiumError) -> SecretBytes {
        guard salt.count == Self.saltCount else {
            throw SodiumError(.wrongLength, "a scrypt salt has 32 bytes, and this one has \(salt.count)")
        }
        guard let memory = Int(exactly: memory) else {
            throw SodiumError(.derivationFailed, "the key derivation wants more memory than can be addressed")
        }
        var derived = SecretBytes(count: count)
        let status = derived.withMutableBytes { derived in
            unsafe derived.withCBytes { target in
                password.withBytes { password in
                    unsafe password.withCBytes { source in
                        let text = unsafe UnsafeRawPointer(source).assumingMemoryBound(to: CChar.self)
                        let length = password.cLength
                        return unsafe crypto_pwhash_scryptsalsa208sha256(
                            target,
                            UInt64(count),
                            text,
                            length,
                            salt,
                            operations,
                            memory
                        )
                    }
                }
            }
        }
        guard status == 0 else {
            throw SodiumError(
                .derivationFailed,
                "the key derivation with \(operations) operations in \(self.memory) bytes did not succeed: "
                    + "this machine has probably not enough free memory for it"
            )
        }
        return derived
    }
}
