internal import CSodium

/// The password-based key derivation scrypt (RFC 7914), with libsodium's choice of N, r and p for two limits.
public struct Scrypt: Hashable, Sendable {
    /// The size of a salt in bytes.
    public static let saltCount = 32

    /// The maximum number of operations.
    public var operations: UInt64
    /// The maximum memory in bytes.
    public var memory: UInt64

    /// Makes a pair of limits.
    public init(operations: UInt64, memory: UInt64) {
        self.operations = operations
        self.memory = memory
    }

    /// 2^25 operations in 1 GiB: minisign's choice for a secret key file.
    public static let sensitive = Scrypt(operations: 1 << 25, memory: 1 << 30)
    /// 2^23 operations in 256 MiB: about two seconds, possible on a machine with 1 GiB of memory.
    public static let moderate = Scrypt(operations: 1 << 23, memory: 1 << 28)
    /// 2^19 operations in 16 MiB: libsodium's choice for interactive use.
    public static let interactive = Scrypt(operations: 1 << 19, memory: 1 << 24)

    /// Derives bytes from a password and a salt.
    ///
    /// - Parameters:
    ///   - count: the number of bytes, at least 16.
    ///   - password: the password, of any length.
    ///   - salt: 32 bytes.
    /// - Returns: the derived bytes.
    /// - Throws: ``SodiumError`` with code `wrongLength` for the salt, or `derivationFailed` if the limits are outside
    ///   libsodium's range or memory is exhausted.
    public func derive(
        _ count: Int,
        from password: borrowing SecretBytes,
        salt: [UInt8]
    ) throws(SodiumError) -> SecretBytes {
        guard salt.count == Self.saltCount else {
            throw SodiumError(.wrongLength, "a scrypt salt has 32 bytes, and this one has \(salt.count)")
        }
        guard let memory = Int(exactly: memory) else {
            throw SodiumError(.derivationFailed, "the key derivation needs more memory than can be addressed")
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
                    + "this machine probably has too little free memory"
            )
        }
        return derived
    }
}
