/// An unkeyed hash value with its algorithm.
public struct Digest: Hashable, Sendable {
    /// The supported hash functions.
    public enum Algorithm: String, Hashable, Sendable, CaseIterable {
        /// BLAKE2b with 32 bytes of output, RFC 7693.
        case blake2b256 = "blake2b-256"
        /// BLAKE2b with 64 bytes of output, RFC 7693.
        case blake2b512 = "blake2b-512"
        /// SHA-256, FIPS 180-4.
        case sha256
        /// SHA-512, FIPS 180-4.
        case sha512

        /// The size of a hash value in bytes.
        public var count: Int {
            switch self {
            case .blake2b256, .sha256: 32
            case .blake2b512, .sha512: 64
            }
        }
    }

    /// The hash function.
    public let algorithm: Algorithm
    /// The hash value.
    public let bytes: [UInt8]

    /// Makes a digest from an existing value; nil if it does not have the algorithm's length.
    public init?(_ algorithm: Algorithm, bytes: [UInt8]) {
        guard bytes.count == algorithm.count else { return nil }
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// Makes a digest of bytes that a hash function has just returned.
    init(_ algorithm: Algorithm, computed bytes: [UInt8]) {
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// Parses `algorithm:hex` with lower-case digits; nil for any other text.
    public init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"),
            let algorithm = Algorithm(rawValue: String(text[..<colon])),
            let bytes = Hex.decode(String(text[text.index(after: colon)...]))
        else { return nil }
        self.init(algorithm, bytes: bytes)
    }

    /// The value as lower-case hexadecimal digits.
    public var hex: String { Hex.encode(bytes) }
}

extension Digest: CustomStringConvertible {
    /// `algorithm:hex`.
    public var description: String { "\(algorithm.rawValue):\(hex)" }
}
