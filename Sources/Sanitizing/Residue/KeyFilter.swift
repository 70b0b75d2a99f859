/// A bit set of key hashes, so sparse that it rules out nearly every position of a text.
struct KeyFilter: Sendable {
    private(set) var words: [UInt64]
    /// The number of bits by which a product is shifted to get a hash.
    let shift: UInt32

    init(_ keys: some Collection<UInt32>) {
        // At most one bit of sixteen is set: 16 KiB for some thousands of keys, at most 2 MiB.
        var bits = 17
        while bits < 24, keys.count << 4 > 1 << bits { bits += 1 }
        shift = UInt32(32 - bits)
        words = [UInt64](repeating: 0, count: 1 << (bits - 6))
        for key in keys {
            let hash = Self.hash(key, shift)
            words[hash >> 6] |= 1 << UInt64(hash & 63)
        }
    }

    /// Whether a needle may start with a key, as far as the filter can tell.
    @inline(__always) static func mayHold(
        _ key: UInt32,
        _ words: UnsafeBufferPointer<UInt64>,
        _ shift: UInt32
    ) -> Bool {
        let hash = hash(key, shift)
        return unsafe words[hash >> 6] >> UInt64(hash & 63) & 1 != 0
    }

    @inline(__always) private static func hash(_ key: UInt32, _ shift: UInt32) -> Int {
        Int((key &* 2_654_435_761) >> shift)
    }
}
