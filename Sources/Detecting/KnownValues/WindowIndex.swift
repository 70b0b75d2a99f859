/// The literals of a table, indexed by the first bytes of their windows.
///
/// Nearly everywhere in a text, no window begins. A table with one bit for each hash of the first bytes detects this,
/// and should fit into a core's caches.
struct WindowIndex: Sendable {
    /// The bytes by which a literal is searched for.
    struct Window: Sendable {
        /// The literal's number.
        var number: Int
        /// The case-folded bytes.
        var bytes: UInt64
        /// The number of bytes.
        var count: Int
    }

    /// A window, and the next one that begins with the same bytes.
    private struct Link: Sendable {
        var bytes: UInt64
        var mask: UInt64
        var number: Int32
        var following: Int32
    }

    private var bits: HashBits
    private let keyMask: UInt64
    /// The keys with their first links, in a partly empty hash table.
    private var keys: [UInt64]
    private var heads: [Int32]
    private var links: [Link] = []
    private let slotMask: Int

    /// Takes windows of at least `keyBytes` bytes; the bit table has at most `limit` bits.
    init(_ windows: [Window], keyBytes: Int, limit: Int) {
        let capacity = max(16, (windows.count << 1).nextPowerOfTwo)
        bits = HashBits(count: windows.count, share: 64, limit: limit)
        keyMask = FoldedBytes.mask(keyBytes)
        keys = Array(repeating: 0, count: capacity)
        heads = Array(repeating: -1, count: capacity)
        slotMask = capacity - 1
        links.reserveCapacity(windows.count)
        for window in windows {
            let key = window.bytes & keyMask
            let slot = slot(of: key)
            bits.insert(key)
            let mask = FoldedBytes.mask(window.count)
            links.append(
                Link(bytes: window.bytes, mask: mask, number: Int32(window.number), following: heads[slot])
            )
            keys[slot] = key
            heads[slot] = Int32(links.count - 1)
        }
    }

    /// Returns one if a window may begin with the folded bytes of a text, zero if none does.
    @inline(__always)
    func bit(of text: UInt64) -> UInt64 { bits.bit(of: text & keyMask) }

    /// Calls `body` with the number of each literal whose window is a prefix of the folded bytes of a text.
    @inline(__always)
    func forEach(in text: UInt64, _ body: (_ number: Int) -> Void) {
        var index = heads[slot(of: text & keyMask)]
        while index >= 0 {
            let link = links[Int(index)]
            if text & link.mask == link.bytes { body(Int(link.number)) }
            index = link.following
        }
    }

    /// The slot of a key, or the empty slot where it would be inserted.
    @inline(__always)
    private func slot(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: (key &* HashBits.factor) &>> 20) & slotMask
        while heads[slot] >= 0, keys[slot] != key { slot = (slot &+ 1) & slotMask }
        return slot
    }
}
