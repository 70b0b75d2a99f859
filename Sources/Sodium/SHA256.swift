internal import CSodium

/// The hash function SHA-256, FIPS 180-4: at once, or fed piece by piece.
public struct SHA256: ~Copyable {
    private let state: HashState

    /// Starts a hash.
    public init() {
        state = HashState(count: crypto_hash_sha256_statebytes())
        unsafe state.withPointer { _ = unsafe crypto_hash_sha256_init(Self.typed($0)) }
    }

    /// Takes in the next bytes.
    public mutating func update(_ bytes: RawSpan) {
        let length = bytes.cLength
        unsafe bytes.withCBytes { bytes in
            unsafe state.withPointer { _ = unsafe crypto_hash_sha256_update(Self.typed($0), bytes, length) }
        }
    }

    /// Takes in the next bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withBytes { update($0) }
    }

    /// Ends the hash.
    public consuming func finalize() -> Digest {
        var value = [UInt8](repeating: 0, count: Digest.Algorithm.sha256.count)
        unsafe state.withPointer { _ = unsafe crypto_hash_sha256_final(Self.typed($0), &value) }
        return Digest(.sha256, computed: value)
    }

    /// The hash of bytes at hand.
    public static func hash(_ bytes: RawSpan) -> Digest {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }

    /// The hash of bytes at hand.
    public static func hash(_ bytes: [UInt8]) -> Digest {
        bytes.withBytes { hash($0) }
    }

    private static func typed(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutablePointer<crypto_hash_sha256_state> {
        unsafe pointer.assumingMemoryBound(to: crypto_hash_sha256_state.self)
    }
}
