/// Remembers which rules are about the settings of names, by the hashes of the names (``NameHash``).
///
/// It is asked at every word of a text that may name a setting, and so is a plain table: half of it is empty, and a name that
/// finds its place taken looks at the next.
struct RulesByName {
    /// The hashes; zero where there is none.
    private var hashes: [UInt64]
    /// For each hash the index of its rules.
    private var places: [UInt16]
    /// The lists of rules that there are: many names have the same, or none.
    private var lists: [[Int]] = [[]]
    private var placesOfLists: [[Int]: UInt16] = [[]: 0]
    private var count = 0

    /// A table begins small, as most texts need no more, and ends with this many places.
    private static let (leastCapacity, mostCapacity) = (1 << 10, 1 << 16)

    init() {
        hashes = Array(repeating: 0, count: Self.leastCapacity)
        places = Array(repeating: 0, count: Self.leastCapacity)
    }

    /// The rules about the name of that hash; nil where it was not seen yet.
    subscript(hash: UInt64) -> [Int]? {
        let slot = slot(of: hash)
        return hashes[slot] == hash ? lists[Int(places[slot])] : nil
    }

    /// Remembers rules; when the table is half full it becomes larger, or begins anew.
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
