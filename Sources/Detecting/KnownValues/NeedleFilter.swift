/// Finds the literals whose windows stand in a text.
///
/// A literal goes by a window of it, three to eight bytes long, in which letters count as in lower case. A sieve says at most
/// places of a text that no window begins there; at the others a table of bits says nearly always the same.
struct NeedleFilter: Sendable {
    /// What is looked for first.
    enum Sieve: Sendable {
        /// Runs of bytes of the windows.
        case grams(GramSieve)
        /// A byte that the windows have at one place.
        case mark(MarkSieve)
    }

    private let sieve: Sieve
    /// The bits, by the upper bits of a key's hash.
    private let bits: [UInt64]
    private let shift: UInt64
    /// The keys with their first literals, in a table of which a part is empty; the literals of one key are chained.
    private var keys: [UInt64]
    private var heads: [Int32]
    private var following: [Int32]
    private let mask: Int

    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Takes the windows of literals by their numbers, all of one width; nil for a literal that has none here.
    init(_ windows: [ArraySlice<UInt8>?], behind sieve: Sieve) {
        let count = windows.count { $0 != nil }
        let bitCount = max(1 << 10, (count << 5).nextPowerOfTwo)
        let capacity = max(16, (count << 1).nextPowerOfTwo)
        self.sieve = sieve
        shift = UInt64(64 - bitCount.trailingZeroBitCount)
        var bits = [UInt64](repeating: 0, count: bitCount >> 6)
        keys = Array(repeating: 0, count: capacity)
        heads = Array(repeating: -1, count: capacity)
        following = Array(repeating: -1, count: count == 0 ? 0 : windows.count)
        mask = capacity - 1
        for case let (number, window?) in zip(windows.indices, windows) {
            let key = FoldedBytes.number(of: window)
            let hash = (key &* Self.factor) &>> shift
            bits[Int(hash >> 6)] |= 1 << (hash & 63)
            let slot = Self.slot(of: key, in: keys, heads, mask)
            following[number] = heads[slot]
            keys[slot] = key
            heads[slot] = Int32(number)
        }
        self.bits = bits
    }

    /// Calls `body` with the number of each literal whose window stands in `text`, and where the window begins.
    func search(_ text: [UInt8], _ body: (_ number: Int, _ start: Int) -> Void) {
        switch sieve {
        case .grams(let grams): grams.search(text) { start, window in take(window, at: start, body) }
        case .mark(let mark): mark.search(text) { start, window in take(window, at: start, body) }
        }
    }

    @inline(__always)
    private func take(_ window: UInt64, at start: Int, _ body: (_ number: Int, _ start: Int) -> Void) {
        let hash = (window &* Self.factor) &>> shift
        guard bits[Int(hash >> 6)] >> (hash & 63) & 1 != 0 else { return }
        var number = heads[Self.slot(of: window, in: keys, heads, mask)]
        while number >= 0 {
            body(Int(number), start)
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
