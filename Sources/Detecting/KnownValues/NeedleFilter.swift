/// Finds the literals whose windows stand in a text.
///
/// A literal goes by a window of it, three to eight bytes long, in which letters count as in lower case. A sieve says at most
/// places of a text that no window begins there; at the others a table of bits says nearly always the same.
struct NeedleFilter: Sendable {
    /// What is looked for first.
    enum Sieve: Sendable {
        /// Runs of bytes of the windows.
        case grams(GramSieve)
        /// Windows that begin where a word may.
        case words(WordSieve)
    }

    private let sieve: Sieve
    private var bits: HashBits
    /// The keys with their first literals, in a table of which a part is empty; the literals of one key are chained.
    private var keys: [UInt64]
    private var heads: [Int32]
    private var following: [Int32]
    private let mask: Int

    /// Takes the windows of literals by their numbers; nil for a literal that has none here.
    init(_ windows: [ArraySlice<UInt8>?], behind sieve: Sieve) {
        let count = windows.count { $0 != nil }
        let capacity = max(16, (count << 1).nextPowerOfTwo)
        self.sieve = sieve
        bits = HashBits(count: count, share: 32)
        keys = Array(repeating: 0, count: capacity)
        heads = Array(repeating: -1, count: capacity)
        following = Array(repeating: -1, count: count == 0 ? 0 : windows.count)
        mask = capacity - 1
        for case let (number, window?) in zip(windows.indices, windows) {
            let key = FoldedBytes.number(of: window)
            bits.insert(key)
            let slot = Self.slot(of: key, in: keys, heads, mask)
            following[number] = heads[slot]
            keys[slot] = key
            heads[slot] = Int32(number)
        }
    }

    /// Calls `body` with the number of each literal whose window stands in `text`, and where the window begins.
    func search(_ text: [UInt8], _ body: (_ number: Int, _ start: Int) -> Void) {
        switch sieve {
        case .grams(let grams): grams.search(text) { start, window in take(window, at: start, body) }
        case .words(let words): words.search(text) { start, window in take(window, at: start, body) }
        }
    }

    private func take(_ window: UInt64, at start: Int, _ body: (_ number: Int, _ start: Int) -> Void) {
        guard bits.mayContain(window) else { return }
        var number = heads[Self.slot(of: window, in: keys, heads, mask)]
        while number >= 0 {
            body(Int(number), start)
            number = following[Int(number)]
        }
    }

    /// The place of a key, or the empty one where it would stand.
    private static func slot(of key: UInt64, in keys: [UInt64], _ heads: [Int32], _ mask: Int) -> Int {
        var slot = Int(truncatingIfNeeded: (key &* HashBits.factor) &>> 20) & mask
        while heads[slot] >= 0, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }
}
