/// A set of numbers of which it is known with certainty what is not in it: one bit for each hash.
struct HashBits: Sendable {
    /// The bits, by the upper bits of a number's hash.
    private var bits: [UInt64]
    private let shift: UInt64

    static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Makes an empty set with at least `share` bits for each of `count` numbers, as far as `limit` bits allow.
    init(count: Int, share: Int, limit: Int = Int.max) {
        let bitCount = min(limit, max(1 << 10, count * share)).nextPowerOfTwo
        shift = UInt64(64 - bitCount.trailingZeroBitCount)
        bits = Array(repeating: 0, count: bitCount >> 6)
    }

    /// Adds a number.
    mutating func insert(_ number: UInt64) {
        let hash = (number &* Self.factor) &>> shift
        bits[Int(hash >> 6)] |= 1 << (hash & 63)
    }

    /// One where a number may be in the set, zero where it is not.
    @inline(__always)
    func bit(of number: UInt64) -> UInt64 {
        let hash = (number &* Self.factor) &>> shift
        // The hash has so many bits that the table has one for each.
        return unsafe bits.span[unchecked: Int(truncatingIfNeeded: hash &>> 6)] &>> (hash & 63) & 1
    }
}

extension Int {
    /// The least power of two that is no less.
    var nextPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
