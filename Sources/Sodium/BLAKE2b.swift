internal import CSodium

/// The hash function BLAKE2b (RFC 7693), for bytes in memory or in pieces.
public struct BLAKE2b: ~Copyable {
    private let state: HashState
    private let algorithm: Digest.Algorithm

    /// The lengths of a hash value.
    public enum Length: Hashable, Sendable {
        /// 32 bytes.
        case bytes32
        /// 64 bytes.
        case bytes64

        var algorithm: Digest.Algorithm { self == .bytes32 ? .blake2b256 : .blake2b512 }
    }

    /// Begins a hash.
    public init(_ length: Length = .bytes32) {
        algorithm = length.algorithm
        state = HashState(count: crypto_generichash_blake2b_statebytes())
        let count = algorithm.count
        unsafe state.withPointer { _ = unsafe crypto_generichash_blake2b_init(OpaquePointer($0), nil, 0, count) }
    }

    /// Adds bytes.
    public mutating func update(_ bytes: RawSpan) {
        let length = bytes.cLength
        unsafe bytes.withCBytes { bytes in
            unsafe state.withPointer {
                _ = unsafe crypto_generichash_blake2b_update(OpaquePointer($0), bytes, length)
            }
        }
    }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withBytes { update($0) }
    }

    /// Ends the hash.
    public consuming func finalize() -> Digest {
        var value = [UInt8](repeating: 0, count: algorithm.count)
        let count = value.count
        unsafe state.withPointer { _ = unsafe crypto_generichash_blake2b_final(OpaquePointer($0), &value, count) }
        return Digest(algorithm, computed: value)
    }

    /// Returns the hash of bytes in memory.
    public static func hash(_ bytes: RawSpan, _ length: Length = .bytes32) -> Digest {
        Digest(length.algorithm, computed: oneShot(bytes, key: RawSpan(), count: length.algorithm.count))
    }

    /// Returns the hash of bytes in memory.
    public static func hash(_ bytes: [UInt8], _ length: Length = .bytes32) -> Digest {
        bytes.withBytes { hash($0, length) }
    }

    /// Returns the keyed hash of bytes in memory: a message authentication code, not a digest.
    ///
    /// - Parameters:
    ///   - bytes: the message.
    ///   - key: 16 to 64 bytes.
    ///   - length: the length of the value.
    /// - Returns: the code.
    /// - Throws: ``SodiumError`` with code `wrongLength` if the key has another length.
    public static func authenticate(
        _ bytes: RawSpan,
        key: borrowing SecretBytes,
        _ length: Length = .bytes32
    ) throws(SodiumError) -> [UInt8] {
        guard (16...64).contains(key.count) else {
            throw SodiumError(.wrongLength, "a BLAKE2b key has 16 to 64 bytes, and this one has \(key.count)")
        }
        return key.withBytes { oneShot(bytes, key: $0, count: length.algorithm.count) }
    }

    /// Returns the keyed hash of bytes in memory.
    ///
    /// - Throws: ``SodiumError`` with code `wrongLength` if the key does not have 16 to 64 bytes.
    public static func authenticate(
        _ bytes: [UInt8],
        key: borrowing SecretBytes,
        _ length: Length = .bytes32
    ) throws(SodiumError) -> [UInt8] {
        try bytes.withBytes { bytes throws(SodiumError) in try authenticate(bytes, key: key, length) }
    }

    private static func oneShot(_ bytes: RawSpan, key: RawSpan, count: Int) -> [UInt8] {
        var value = [UInt8](repeating: 0, count: count)
        let status = unsafe bytes.withCBytes { message in
            unsafe key.withCBytes { secret in
                unsafe crypto_generichash_blake2b(&value, count, message, bytes.cLength, secret, key.byteCount)
            }
        }
        precondition(status == 0, "the lengths of a BLAKE2b hash and its key are checked before")
        return value
    }
}
