/// Caches the rules for the names of settings, by the names' hashes (``NameHash``).
///
/// It is queried for every word that may name a setting, so it is a plain hash table, at most half full, with linear
/// probing.
struct RulesByName {
    /// The hashes; zero for an empty slot.
    private var hashes: [UInt64]
    /// The index of each hash's rules.
    private var places: [UInt16]
    /// The distinct lists of rules, because many names have the same list or an empty one.
    private var lists: [[Int]] = [[]]
    private var placesOfLists: [[Int]: UInt16] = [[]: 0]
    private var count = 0

    /// The initial capacity, which suffices for most texts, and the maximum.
    private static let (leastCapacity, mostCapacity) = (1 << 10, 1 << 16)

    init() {
        hashes = Array(repeating: 0, count: Self.leastCapacity)
        places = Array(repeating: 0, count: Self.leastCapacity)
    }

    /// The rules for the name with that hash; nil if it is new.
    subscript(hash: UInt64) -> [Int]? {
        let slot = slot(of: hash)
        return hashes[slot] == hash ? lists[Int(places[slot])] : nil
    }

    /// Adds the rules for a name.
    ///
    /// A half-full table grows, or starts afresh at its maximum size.
    mutating func insert(_ rules: [Int], for hash: UInt64) {
        if lists.count == Int(UInt16.max) || count * 2 == Self.mostCapacity { self = RulesByName() }
        if count * 2 == hashes.count { grow() }
        let place: UInt16
        if let known = placesOfLists[rules] {
            place = known
        } else {
            place = UInt16(lists.count)
            placesOfLists[rules] = place
            lists.append(rules)
        }
        let slot = slot(of: hash)
        if hashes[slot] == 0 { count += 1 }
        hashes[slot] = hash
        places[slot] = place
    }

    private mutating func grow() {
        let old = zip(hashes, places).filter { $0.0 != 0 }
        let capacity = hashes.count * 4
        hashes = Array(repeating: 0, count: capacity)
        places = Array(repeating: 0, count: capacity)
        for (hash, place) in old {
            let slot = slot(of: hash)
            hashes[slot] = hash
            places[slot] = place
        }
    }

    private func slot(of hash: UInt64) -> Int {
        let last = hashes.count - 1
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & last
        while hashes[slot] != 0, hashes[slot] != hash { slot = (slot + 1) & last }
        return slot
    }
}
