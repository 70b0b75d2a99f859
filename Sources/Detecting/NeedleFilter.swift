/// Finds the literals whose bytes at one place may be those of a text, by a bit for each hash of such bytes.
///
/// A literal goes by a window of it, three to eight bytes long, in which letters count as in lower case. Most places of a text
/// have no bit, and cost one multiplication and one look at a table that fits into the cache of a core.
struct NeedleFilter: Sendable {
    /// Makes letters of either case equal, and a few other characters, too.
    static let fold: UInt64 = 0x2020_2020_2020_2020

    /// The bits, by the upper bits of a key's hash.
    private let bits: [UInt64]
    private let shift: UInt64
    /// Whether there are no literals.
    private let isEmpty: Bool
    /// The keys with their first literals, in a table of which a part is empty; the literals of one key are chained.
    private var keys: [UInt64]
    private var heads: [Int32]
    private var following: [Int32]
    private let mask: Int

    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Takes the folded windows of literals by their numbers; nil for one that has none here.
    init(_ windows: [UInt64?]) {
        let count = windows.count { $0 != nil }
        isEmpty = count == 0
        let bitCount = max(1 << 10, (count << 5).nextPowerOfTwo)
        let capacity = max(16, (count << 1).nextPowerOfTwo)
        shift = UInt64(64 - bitCount.trailingZeroBitCount)
        var bits = [UInt64](repeating: 0, count: bitCount >> 6)
        keys = Array(repeating: 0, count: capacity)
        heads = Array(repeating: -1, count: capacity)
        following = Array(repeating: -1, count: windows.count)
        mask = capacity - 1
        for case let (number, window?) in zip(windows.indices, windows) {
            let hash = (window &* Self.factor) &>> shift
            bits[Int(hash >> 6)] |= 1 << (hash & 63)
            let slot = Self.slot(of: window, in: keys, heads, mask)
            following[number] = heads[slot]
            keys[slot] = window
            heads[slot] = Int32(number)
        }
        self.bits = bits
    }

    /// Whether a literal may have that folded window; right where it says no.
    @inline(__always)
    func mayHold(_ window: UInt64) -> Bool {
        guard !isEmpty else { return false }
        let hash = (window &* Self.factor) &>> shift
        // The hash has so many bits that the table has one for each.
        return unsafe bits.span[unchecked: Int(truncatingIfNeeded: hash &>> 6)] &>> (hash & 63) & 1 != 0
    }

    /// Calls `body` with the number of each literal that has this window.
    func literals(with window: UInt64, _ body: (Int) -> Void) {
        var number = heads[Self.slot(of: window, in: keys, heads, mask)]
        while number >= 0 {
            body(Int(number))
            number = following[Int(number)]
        }
    }

    /// The place of a key, or the empty one where it would stand.
    private static func slot(of key: UInt64, in keys: [UInt64], _ heads: [Int32], _ mask: Int) -> Int {
        var slot = Int(truncatingIfNeeded: (key &* factor) &>> 20) & mask
        while heads[slot] >= 0, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }
}

extension Int {
    /// The least power of two that is no less.
    fileprivate var nextPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
