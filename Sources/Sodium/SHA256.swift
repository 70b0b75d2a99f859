internal import CNettle

/// The hash function SHA-256 (FIPS 180-4), for bytes in memory or in pieces.
///
/// nettle computes it, with the processor's instructions if available; libsodium takes six times as long.
public struct SHA256: ~Copyable {
    private let state: HashState

    /// Begins a hash.
    public init() {
        state = HashState(count: MemoryLayout<sha256_ctx>.size)
        unsafe state.withPointer { unsafe nettle_sha256_init(Self.typed($0)) }
    }

    /// Adds bytes.
    public mutating func update(_ bytes: RawSpan) {
        let length = bytes.byteCount
        unsafe bytes.withCBytes { bytes in
            unsafe state.withPointer { unsafe nettle_sha256_update(Self.typed($0), length, bytes) }
        }
    }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withBytes { update($0) }
    }

    /// Ends the hash.
    public consuming func finalize() -> Digest {
        var value = [UInt8](repeating: 0, count: Digest.Algorithm.sha256.count)
        let count = value.count
        unsafe state.withPointer { unsafe nettle_sha256_digest(Self.typed($0), count, &value) }
        return Digest(.sha256, computed: value)
    }

    /// Returns the hash of bytes in memory.
    public static func hash(_ bytes: RawSpan) -> Digest {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }

    /// Returns the hash of bytes in memory.
    public static func hash(_ bytes: [UInt8]) -> Digest {
        bytes.withBytes { hash($0) }
    }

    private static func typed(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutablePointer<sha256_ctx> {
        unsafe pointer.assumingMemoryBound(to: sha256_ctx.self)
    }
}
