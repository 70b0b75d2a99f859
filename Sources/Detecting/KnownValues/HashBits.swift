/// A set of numbers with false positives but no false negatives: one bit for each hash.
struct HashBits: Sendable {
    /// The bits, indexed by the upper bits of a number's hash.
    private var bits: [UInt64]
    private let shift: UInt64

    static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Makes an empty set with at least `share` bits for each of `count` numbers, and at most `limit` bits.
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

    /// Returns one if a number may be in the set, zero if it is not.
    @inline(__always)
    func bit(of number: UInt64) -> UInt64 {
        let hash = (number &* Self.factor) &>> shift
        // The table has a bit for every possible hash.
        return unsafe bits.span[unchecked: Int(truncatingIfNeeded: hash &>> 6)] &>> (hash & 63) & 1
    }
}

extension Int {
    /// The smallest power of two that is at least this number.
    var nextPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
