internal import CNettle

/// The hash function SHA-256, FIPS 180-4: at once, or fed piece by piece.
///
/// nettle computes it, with the processor's own instructions where there are some: libsodium takes six times as long.
public struct SHA256: ~Copyable {
    private let state: HashState

    /// Starts a hash.
    public init() {
        state = HashState(count: MemoryLayout<sha256_ctx>.size)
        unsafe state.withPointer { unsafe nettle_sha256_init(Self.typed($0)) }
    }

    /// Takes in the next bytes.
    public mutating func update(_ bytes: RawSpan) {
        let length = bytes.byteCount
        unsafe bytes.withCBytes { bytes in
            unsafe state.withPointer { unsafe nettle_sha256_update(Self.typed($0), length, bytes) }
        }
    }

    /// Takes in the next bytes.
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

    private static func typed(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutablePointer<sha256_ctx> {
        unsafe pointer.assumingMemoryBound(to: sha256_ctx.self)
    }
}
