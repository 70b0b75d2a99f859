internal import CNettle

/// The hash function SHA-512 (FIPS 180-4), for bytes in memory or in pieces.
public struct SHA512: ~Copyable {
    private let state: HashState

    /// Begins a hash.
    public init() {
        state = HashState(count: MemoryLayout<sha512_ctx>.size)
        unsafe state.withPointer { unsafe nettle_sha512_init(Self.typed($0)) }
    }

    /// Adds bytes.
    public mutating func update(_ bytes: RawSpan) {
        let length = bytes.byteCount
        unsafe bytes.withCBytes { bytes in
            unsafe state.withPointer { unsafe nettle_sha512_update(Self.typed($0), length, bytes) }
        }
    }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withBytes { update($0) }
    }

    /// Ends the hash.
    public consuming func finalize() -> Digest {
        var value = [UInt8](repeating: 0, count: Digest.Algorithm.sha512.count)
        let count = value.count
        unsafe state.withPointer { unsafe nettle_sha512_digest(Self.typed($0), count, &value) }
        return Digest(.sha512, computed: value)
    }

    /// Returns the hash of bytes in memory.
    public static func hash(_ bytes: RawSpan) -> Digest {
        var hash = SHA512()
        hash.update(bytes)
        return hash.finalize()
    }

    /// Returns the hash of bytes in memory.
    public static func hash(_ bytes: [UInt8]) -> Digest {
        bytes.withBytes { hash($0) }
    }

    private static func typed(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutablePointer<sha512_ctx> {
        unsafe pointer.assumingMemoryBound(to: sha512_ctx.self)
    }
}
