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

    private static let capacity = 1 << 16
    private static let limit = capacity / 2

    init() {
        hashes = Array(repeating: 0, count: Self.capacity)
        places = Array(repeating: 0, count: Self.capacity)
    }

    /// The rules about the name of that hash; nil where it was not seen yet.
    subscript(hash: UInt64) -> [Int]? {
        let slot = slot(of: hash)
        return hashes[slot] == hash ? lists[Int(places[slot])] : nil
    }

    /// Remembers rules; when the table is half full it begins anew.
    mutating func insert(_ rules: [Int], for hash: UInt64) {
        if count == Self.limit || lists.count == Int(UInt16.max) { self = RulesByName() }
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

    private func slot(of hash: UInt64) -> Int {
        var slot = Int((hash ^ hash >> 32) & UInt64(Self.capacity - 1))
        while hashes[slot] != 0, hashes[slot] != hash { slot = (slot + 1) & (Self.capacity - 1) }
        return slot
    }
}
