/// A sparse bit set of key hashes, which rules out nearly every position of a text.
///
/// Each key sets two bits (Bloom, 1970), so that only one in some hundreds of the positions of other texts is examined.
struct KeyFilter: Sendable {
    let words: [UInt64]
    /// The number of bits by which a product is shifted to get a hash.
    let shift: UInt64

    init(_ keys: some Collection<UInt64>) {
        // At most one bit in sixteen is set: 4 KiB for a thousand keys, at most 4 MiB.
        var bits: UInt64 = 15
        while bits < 25, keys.count << 5 > 1 << bits { bits += 1 }
        let shift = 64 - bits
        var words = [UInt64](repeating: 0, count: 1 << (bits - 6))
        for key in keys {
            let product = Self.product(key)
            for hash in [Self.first(product, shift), Self.second(product, shift)] {
                words[hash >> 6] |= 1 << UInt64(hash & 63)
            }
        }
        self.shift = shift
        self.words = words
    }

    /// Whether a needle may start with a key; false positives are possible.
    @inline(__always) static func mayHold(
        _ key: UInt64,
        _ words: UnsafeBufferPointer<UInt64>,
        _ shift: UInt64
    ) -> Bool {
        let product = product(key)
        return unsafe isSet(first(product, shift), words) && isSet(second(product, shift), words)
    }

    @inline(__always) private static func isSet(_ hash: Int, _ words: UnsafeBufferPointer<UInt64>) -> Bool {
        unsafe words[hash >> 6] >> UInt64(hash & 63) & 1 != 0
    }

    // The multipliers are those of Fibonacci hashing and of MurmurHash3's last step.
    @inline(__always) private static func product(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }
    @inline(__always) private static func first(_ product: UInt64, _ shift: UInt64) -> Int { Int(product >> shift) }
    @inline(__always) private static func second(_ product: UInt64, _ shift: UInt64) -> Int {
        Int(((product ^ (product >> 33)) &* 0xC4CE_B9FE_1A85_EC53) >> shift)
    }
}
