/// List prices of Google Cloud at one date, read from `Data/gcp-prices.txt`, which says what its lines mean.
package struct CloudPrices: Sendable {
    /// The name of the list: `today`, or a month.
    package let name: String
    /// The date of the prices, as `2026-01-31`.
    package let date: String
    private(set) var machines: [String: (price: Int, isSustained: Bool)] = [:]
    private(set) var spots: [String: Int] = [:]
    private(set) var disks: [String: Int] = [:]
    private(set) var address: Int?
    private(set) var spotAddress: Int?
    private(set) var freeMachine: String?
    private(set) var freeDisk: (type: String, size: Int)?

    /// The lists that are compiled in, the oldest first.
    package static let compiledIn = read(EmbeddedData.cloudPrices)

    /// The region whose prices they are.
    package static let region = "us-central1"

    /// How many parts of a dollar a price counts: 10⁻⁹.
    static let unit = 1_000_000_000

    static func read(_ bytes: [UInt8]) -> [CloudPrices] {
        var lists: [CloudPrices] = []
        for words in EmbeddedData.words(of: bytes) {
            if words[0].hasPrefix("["), words.count == 2 {
                lists.append(CloudPrices(name: String(words[0].dropFirst()), date: String(words[1].dropLast())))
            } else if !lists.isEmpty {
                lists[lists.count - 1].take(words)
            }
        }
        return lists
    }

    private init(name: String, date: String) {
        self.name = name
        self.date = date
    }

    private mutating func take(_ words: [String]) {
        switch (words[0], words.count) {
        case ("machine", 3...): machines[words[1]] = (Self.price(words[2]), words.last == "sustained")
        case ("spot", 3): spots[words[1]] = Self.price(words[2])
        case ("disk", 3): disks[words[1]] = Self.price(words[2])
        case ("address", 2): address = Self.price(words[1])
        case ("address-spot", 2): spotAddress = Self.price(words[1])
        case ("free", 3): freeMachine = words[2]
        case ("free", 4): freeDisk = (words[2], Int(words[3]) ?? 0)
        default: break
        }
    }

    /// A decimal number in parts of a dollar.
    private static func price(_ text: String) -> Int {
        let parts = text.split(separator: ".")
        let fraction = parts.count > 1 ? String(parts[1].prefix(9)) : ""
        let padded = fraction + String(repeating: "0", count: 9 - fraction.count)
        return (Int(parts[0]) ?? 0) * unit + (Int(padded) ?? 0)
    }
}
