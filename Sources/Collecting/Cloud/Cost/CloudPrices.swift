/// Google Cloud list prices at one date, read from `Data/gcp-prices.txt`, which documents its format.
///
/// Prices are integers in ``unit`` parts of a dollar.
package struct CloudPrices: Sendable {
    /// The price per hour.
    struct Hour: Hashable {
        /// The price for a regular machine; nil if unknown.
        var regular: Int?
        /// The price for a Spot or preemptible machine; nil if unknown.
        var spot: Int?
    }

    /// An item in a region.
    private struct Place: Hashable {
        var name: String
        var region: String
    }

    /// The name of the list: `today`, or a month.
    package let name: String
    /// The date of the prices, as `2026-01-31`.
    package let date: String
    private(set) var address: Int?
    private(set) var spotAddress: Int?
    private(set) var freeMachine: String?
    private(set) var freeDisk: (type: String, size: Int)?
    private var shapes = MachineShapes()
    private var machines: [Place: Hour] = [:]
    private var cores: [Place: Hour] = [:]
    private var gigabytes: [Place: Hour] = [:]
    private var disks: [Place: Int] = [:]
    private var unusedAddresses: [String: Int] = [:]
    private var discounts: [String: Int] = [:]

    /// The compiled-in lists, the oldest first.
    package static let compiledIn = read(EmbeddedData.cloudPrices)

    /// The number of parts of a dollar in which prices are counted; one part is 10⁻⁹ dollars.
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

    // MARK: - Prices

    /// Returns the price per hour of a machine type such as `e2-standard-2`; nil if the list has none.
    func hour(of type: String, in region: String) -> Hour? {
        if let own = machines[Place(name: type, region: region)] { return own }
        guard let shape = shapes.shape(of: type) else { return nil }
        let place = Place(name: shape.family, region: region)
        guard let core = cores[place], let gigabyte = gigabytes[place] else { return nil }
        func sum(_ price: KeyPath<Hour, Int?>) -> Int? {
            guard let core = core[keyPath: price], let gigabyte = gigabyte[keyPath: price] else { return nil }
            return (core * shape.cores + gigabyte * shape.memory) / MachineShapes.unit
        }
        return Hour(regular: sum(\.regular), spot: sum(\.spot))
    }

    /// Returns the discount, in ten-thousandths, for a machine that runs the whole month.
    func sustainedDiscount(for type: String) -> Int { discounts[MachineShapes.family(of: type)] ?? 0 }

    /// Returns the price of a gigabyte of a disk per month; nil if the list has none.
    func disk(_ type: String, in region: String) -> Int? { disks[Place(name: type, region: region)] }

    /// Returns the price per hour of an unused reserved address; that of a used one if the list has none.
    func unusedAddress(in region: String) -> Int? { unusedAddresses[region] ?? address }

    // MARK: - Lines

    private mutating func take(_ words: [String]) {
        switch (words[0], words.count) {
        case ("shape", 4), ("type", 4): shapes.take(words)
        case ("units", 7):
            let place = Place(name: words[1], region: words[2])
            cores[place] = Hour(regular: Self.price(words[3]), spot: Self.price(words[5]))
            gigabytes[place] = Hour(regular: Self.price(words[4]), spot: Self.price(words[6]))
        case ("machine", 5):
            let place = Place(name: words[1], region: words[2])
            machines[place] = Hour(regular: Self.price(words[3]), spot: Self.price(words[4]))
        case ("sustained", 3): discounts[words[1]] = Self.price(words[2]).map { $0 / (Self.unit / 10_000) }
        case ("disk", 4): disks[Place(name: words[1], region: words[2])] = Self.price(words[3])
        case ("address", 2): address = Self.price(words[1])
        case ("address-spot", 2): spotAddress = Self.price(words[1])
        case ("address-unused", 3): unusedAddresses[words[1]] = Self.price(words[2])
        case ("free", 3): freeMachine = words[2]
        case ("free", 4): freeDisk = (words[2], Int(words[3]) ?? 0)
        default: break
        }
    }

    /// Parses a decimal number as parts of a dollar; nil for `-`.
    private static func price(_ text: String) -> Int? {
        guard text != "-" else { return nil }
        let parts = text.split(separator: ".")
        let fraction = parts.count > 1 ? String(parts[1].prefix(9)) : ""
        let padded = fraction + String(repeating: "0", count: 9 - fraction.count)
        return (Int(parts[0]) ?? 0) * unit + (Int(padded) ?? 0)
    }
}
