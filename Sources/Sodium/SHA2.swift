/// The hash function SHA-256 (FIPS 180-4).
public typealias SHA256 = SHA2<SHA2With256Bits>

/// The hash function SHA-512 (FIPS 180-4).
public typealias SHA512 = SHA2<SHA2With512Bits>

/// A hash function of the SHA-2 family (FIPS 180-4), for bytes in memory or in pieces.
///
/// It is computed by nettle, which uses the processor's own instructions if there are any; libsodium takes six times as
/// long.
public struct SHA2<Variant: SHA2Variant>: ~Copyable {
    private var hash = NettleHash(Variant.algorithm == .sha512 ? .sha512 : .sha256)

    /// Begins a hash.
    public init() {}

    /// Adds bytes.
    public mutating func update(_ bytes: RawSpan) { hash.update(bytes) }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withBytes { update($0) }
    }

    /// Ends the hash.
    public consuming func finalize() -> Digest { Digest(Variant.algorithm, computed: hash.finalize()) }

    /// Returns the hash of bytes in memory.
    public static func hash(_ bytes: RawSpan) -> Digest {
        var hash = SHA2()
        hash.update(bytes)
        return hash.finalize()
    }

    /// Returns the hash of bytes in memory.
    public static func hash(_ bytes: [UInt8]) -> Digest {
        bytes.withBytes { hash($0) }
    }
}

/// The member of the SHA-2 family that ``SHA2`` computes.
public protocol SHA2Variant {
    /// The algorithm: `sha256` or `sha512`.
    static var algorithm: Digest.Algorithm { get }
}

/// SHA-2 with 32 bytes of output.
public enum SHA2With256Bits: SHA2Variant {
    /// SHA-256.
    public static var algorithm: Digest.Algorithm { .sha256 }
}

/// SHA-2 with 64 bytes of output.
public enum SHA2With512Bits: SHA2Variant {
    /// SHA-512.
    public static var algorithm: Digest.Algorithm { .sha512 }
}
