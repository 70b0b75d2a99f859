internal import CNettle

/// The hash function SHA-512, FIPS 180-4: at once, or fed piece by piece.
public struct SHA512: ~Copyable {
    private let state: HashState

    /// Starts a hash.
    public init() {
        state = HashState(count: MemoryLayout<sha512_ctx>.size)
        unsafe state.withPointer { unsafe nettle_sha512_init(Self.typed($0)) }
    }

    /// Takes in the next bytes.
    public mutating func update(_ bytes: RawSpan) {
        let length = bytes.byteCount
        unsafe bytes.withCBytes { bytes in
            unsafe state.withPointer { unsafe nettle_sha512_update(Self.typed($0), length, bytes) }
        }
    }

    /// Takes in the next bytes.
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

    /// The hash of bytes at hand.
    public static func hash(_ bytes: RawSpan) -> Digest {
        var hash = SHA512()
        hash.update(bytes)
        return hash.finalize()
    }

    /// The hash of bytes at hand.
    public static func hash(_ bytes: [UInt8]) -> Digest {
        bytes.withBytes { hash($0) }
    }

    private static func typed(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutablePointer<sha512_ctx> {
        unsafe pointer.assumingMemoryBound(to: sha512_ctx.self)
    }
}
