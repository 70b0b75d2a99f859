internal import CSodium

/// The message authentication code HMAC-SHA-256 (RFC 2104), in pieces.
struct HMACSHA256: ~Copyable {
    /// The size of a code in bytes.
    static let count = 32

    private let state: HashState

    /// Begins a code with a key of any length.
    init(key: RawSpan) {
        state = HashState(count: crypto_auth_hmacsha256_statebytes())
        let length = key.byteCount
        unsafe key.withCBytes { key in
            unsafe state.withPointer { _ = unsafe crypto_auth_hmacsha256_init(Self.typed($0), key, length) }
        }
    }

    /// Adds bytes.
    mutating func update(_ bytes: RawSpan) {
        let length = bytes.cLength
        unsafe bytes.withCBytes { bytes in
            unsafe state.withPointer { _ = unsafe crypto_auth_hmacsha256_update(Self.typed($0), bytes, length) }
        }
    }

    /// Adds bytes.
    mutating func update(_ bytes: [UInt8]) {
        bytes.withBytes { update($0) }
    }

    /// Ends the code, in locked memory because it may be a key.
    consuming func finalize() -> SecretBytes {
        var code = SecretBytes(count: Self.count)
        code.withMutableBytes { target in
            unsafe target.withCBytes { target in
                unsafe state.withPointer { _ = unsafe crypto_auth_hmacsha256_final(Self.typed($0), target) }
            }
        }
        return code
    }

    private static func typed(
        _ pointer: UnsafeMutableRawPointer
    ) -> UnsafeMutablePointer<crypto_auth_hmacsha256_state> {
        unsafe pointer.assumingMemoryBound(to: crypto_auth_hmacsha256_state.self)
    }
}
