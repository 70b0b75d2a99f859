internal import Documents

/// What a deployment costs a month, line by line.
package struct CloudCost: Sendable {
    /// One line.
    package struct Line: Hashable, Sendable {
        /// What is paid for.
        package var what: String
        /// How the sum comes about.
        package var how: String
        /// In US cents a month; nil where the list has no price.
        package var cents: Int?
    }

    /// The prices that it is reckoned with.
    package let prices: CloudPrices
    /// The lines; machines first, then disks, then addresses.
    package let lines: [Line]

    /// The sum of the lines that have a price, in US cents a month.
    package var cents: Int { lines.compactMap(\.cents).reduce(0, +) }
    /// Whether every line has a price.
    package var isComplete: Bool { lines.allSatisfy { $0.cents != nil } }

    /// The hours of a month, as Google reckons them.
    private static let hours = 730
    /// The regions in which a part is free.
    private static let freeRegions: Set = ["us-central1", "us-east1", "us-west1"]

    /// Reckons what the resources cost.
    package init(of inventory: CloudInventory, prices: CloudPrices) {
        var counts = Counts(inventory)
        counts.isFree = inventory.resources.compactMap(\.region).allSatisfy(Self.freeRegions.contains)
        self.prices = prices
        lines = Self.machines(counts, prices) + Self.disks(counts, prices) + Self.addresses(counts, prices)
    }

    /// A number of cents as dollars: `22.26`.
    package static func dollars(_ cents: Int) -> String {
        "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }

    private static func machines(_ counts: Counts, _ prices: CloudPrices) -> [Line] {
        counts.machines.sorted { ($0.key.type, $0.key.isSpot ? 1 : 0) < ($1.key.type, $1.key.isSpot ? 1 : 0) }.map {
            machine,
            count in
            let what = "\(count) × \(machine.type)" + (machine.isSpot ? ", Spot" : "")
            let price = machine.isSpot ? prices.spots[machine.type] : prices.machines[machine.type]?.price
            guard let price else { return Line(what: what, how: "no price in this list", cents: nil) }
            let isSustained = !machine.isSpot && prices.machines[machine.type]?.isSustained == true
            let unit = self.cents(price * hours * (isSustained ? 70 : 100) / 100)
            let isFree = counts.isFree && !machine.isSpot && prices.freeMachine == machine.type
            let paid = isFree ? count - 1 : count
            let how =
                "\(paid) × \(dollars(unit))" + (isFree ? ", one is free" : "")
                + (isSustained ? ", 30 % sustained-use discount taken off" : "")
            return Line(what: what, how: how, cents: paid * unit)
        }
    }

    private static func disks(_ counts: Counts, _ prices: CloudPrices) -> [Line] {
        counts.disks.sorted { $0.key < $1.key }.map { type, size in
            let what = "\(size) GB of \(type)"
            guard let price = prices.disks[type] else {
                return Line(what: what, how: "no price in this list", cents: nil)
            }
            let free = counts.isFree && prices.freeDisk?.type == type ? min(size, prices.freeDisk?.size ?? 0) : 0
            let how = "\(size - free) × \(dollars(cents(price)))" + (free > 0 ? ", \(free) GB are free" : "")
            return Line(what: what, how: how, cents: cents(price * (size - free)))
        }
    }

    private static func addresses(_ counts: Counts, _ prices: CloudPrices) -> [Line] {
        let kinds = [
            (counts.addresses, "external address", "external addresses", prices.address),
            (
                counts.spotAddresses, "external address of a Spot machine", "external addresses of Spot machines",
                prices.spotAddress
            ),
        ]
        return kinds.filter { $0.0 > 0 }.map { count, one, several, price in
            let what = "\(count) \(count == 1 ? one : several)"
            guard let unit = price.map({ cents($0 * hours) }) else {
                return Line(what: what, how: "no price in this list", cents: nil)
            }
            return Line(what: what, how: "\(count) × \(dollars(unit))", cents: count * unit)
        }
    }

    /// Parts of a dollar as cents, to the nearest.
    private static func cents(_ parts: Int) -> Int { (parts + CloudPrices.unit / 200) / (CloudPrices.unit / 100) }
}

/// How many of what is paid for there are.
private struct Counts {
    struct Machine: Hashable {
        var type: String
        var isSpot: Bool
    }

    var machines: [Machine: Int] = [:]
    var disks: [String: Int] = [:]
    var addresses = 0
    var spotAddresses = 0
    var isFree = false

    init(_ inventory: CloudInventory) {
        let listed = Dictionary(
            inventory.all(.disk).map { ($0.path, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        var attached: Set<String> = []
        // A machine of a managed group is one that was asked for by the group's size, and stands in the list itself.
        let machines = inventory.all(.instance)
        for machine in machines { add(machine.value, listed: listed, attached: &attached) }
        let isListed = machines.contains { $0.metadata.contains { $0.key == "created-by" } }
        for group in inventory.all(.instanceGroupManager) where !isListed {
            guard let link = group.value["instanceTemplate"]?.scalar,
                let template = inventory.all(.instanceTemplate).first(where: { $0.path == CloudResource.path(of: link) }
                ),
                let properties = template.value["properties"]
            else { continue }
            for _ in 0..<(group.value["targetSize"]?.number ?? 0) {
                add(properties, listed: listed, attached: &attached)
            }
        }
        for disk in inventory.all(.disk) where !attached.contains(disk.path) { add(disk: disk.value, size: nil) }
        // A reserved address that nothing uses is paid for as one that is in use.
        addresses +=
            inventory.all(.address).filter {
                $0.value["addressType"]?.scalar != "INTERNAL" && $0.value["status"]?.scalar == "RESERVED"
            }.count
    }

    private mutating func add(_ machine: JSONValue, listed: [String: JSONValue], attached: inout Set<String>) {
        let type = CloudResource.lastComponent(of: machine["machineType"]?.scalar ?? "")
        let scheduling = machine["scheduling"]
        let isSpot = scheduling?["preemptible"]?.isTrue == true || scheduling?["provisioningModel"]?.scalar == "SPOT"
        machines[Machine(type: type, isSpot: isSpot), default: 0] += 1
        for disk in machine["disks"]?.elements ?? [] where disk["type"]?.scalar != "SCRATCH" {
            let path = disk["source"]?.scalar.map(CloudResource.path(of:))
            if let path { attached.insert(path) }
            add(disk: path.flatMap { listed[$0] } ?? disk["initializeParams"] ?? disk, size: disk["diskSizeGb"]?.number)
        }
        for interface in machine["networkInterfaces"]?.elements ?? [] {
            let count = interface["accessConfigs"]?.elements.count ?? 0
            if isSpot { spotAddresses += count } else { addresses += count }
        }
    }

    private mutating func add(disk: JSONValue, size: Int?) {
        let named = disk["diskType"]?.scalar ?? disk["type"]?.scalar.flatMap { $0.contains("/diskTypes/") ? $0 : nil }
        let type = named.map(CloudResource.lastComponent(of:)) ?? "pd-standard"
        disks[type, default: 0] += size ?? disk["sizeGb"]?.number ?? disk["diskSizeGb"]?.number ?? 10
    }
}
