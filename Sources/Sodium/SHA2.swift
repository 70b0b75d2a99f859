/// The hash function SHA-256, FIPS 180-4.
public typealias SHA256 = SHA2<SHA2With256Bits>

/// The hash function SHA-512, FIPS 180-4.
public typealias SHA512 = SHA2<SHA2With512Bits>

/// A hash function of the family SHA-2, FIPS 180-4: at once, or fed piece by piece.
///
/// nettle computes it, with the processor's own instructions where there are some: libsodium takes six times as long.
public struct SHA2<Variant: SHA2Variant>: ~Copyable {
    private var hash = NettleHash(Variant.algorithm == .sha512 ? .sha512 : .sha256)

    /// Starts a hash.
    public init() {}

    /// Takes in the next bytes.
    public mutating func update(_ bytes: RawSpan) { hash.update(bytes) }

    /// Takes in the next bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withBytes { update($0) }
    }

    /// Ends the hash.
    public consuming func finalize() -> Digest { Digest(Variant.algorithm, computed: hash.finalize()) }

    /// The hash of bytes at hand.
    public static func hash(_ bytes: RawSpan) -> Digest {
        var hash = SHA2()
        hash.update(bytes)
        return hash.finalize()
    }

    /// The hash of bytes at hand.
    public static func hash(_ bytes: [UInt8]) -> Digest {
        bytes.withBytes { hash($0) }
    }
}

/// Which member of the family ``SHA2`` is.
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
