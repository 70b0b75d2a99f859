/// The encoding of SSH's messages, RFC 4251 section 5: strings with their length before them, in big-endian order.
struct SSHWire {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// The next so many bytes; nil where there are fewer.
    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard count >= 0, rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// The next number of 32 bits.
    mutating func number() -> UInt32? {
        bytes(4)?.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The next string.
    mutating func string() -> [UInt8]? {
        number().flatMap { bytes(Int($0)) }
    }

    static func encode(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    static func encode(_ string: [UInt8]) -> [UInt8] { encode(UInt32(string.count)) + string }
}
