/// The encoding of SSH messages (RFC 4251 section 5): strings with a preceding length, in big-endian order.
struct SSHWire {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// Reads the next bytes; nil if there are fewer.
    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard count >= 0, rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// Reads a 32-bit number.
    mutating func number() -> UInt32? {
        bytes(4)?.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads a string.
    mutating func string() -> [UInt8]? {
        number().flatMap { bytes(Int($0)) }
    }

    static func encode(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    static func encode(_ string: [UInt8]) -> [UInt8] { encode(UInt32(string.count)) + string }
}
