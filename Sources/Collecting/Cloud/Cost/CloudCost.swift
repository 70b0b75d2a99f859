/// The monthly cost of a deployment, line by line.
package struct CloudCost: Sendable {
    /// One line.
    package struct Line: Hashable, Sendable {
        /// The item.
        package var what: String
        /// The calculation of the amount.
        package var how: String
        /// The amount in US cents per month; nil if the list has no price.
        package var cents: Int?
    }

    /// The prices used.
    package let prices: CloudPrices
    /// The lines: machines, then disks, then addresses.
    package let lines: [Line]

    /// The sum of the lines with a price, in US cents per month.
    package var cents: Int { lines.compactMap(\.cents).reduce(0, +) }
    /// Whether every line has a price.
    package var isComplete: Bool { lines.allSatisfy { $0.cents != nil } }

    /// The number of hours per month in Google's calculation.
    private static let hours = 730
    /// The regions with free-tier machines.
    private static let freeRegions: Set = ["us-central1", "us-east1", "us-west1"]

    /// Calculates the cost of the resources.
    package init(of inventory: CloudInventory, prices: CloudPrices) {
        let regions = Set(inventory.resources.compactMap(\.region))
        let reckoning = Reckoning(
            prices: prices,
            counts: CloudCounts(inventory),
            isFree: regions.allSatisfy(Self.freeRegions.contains),
            namesRegions: regions.count > 1
        )
        self.prices = prices
        lines = reckoning.machines + reckoning.disks + reckoning.addresses
    }

    /// Formats cents as dollars: `22.26`.
    package static func dollars(_ cents: Int) -> String {
        "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }

    /// The data for calculating the lines.
    private struct Reckoning {
        let prices: CloudPrices
        let counts: CloudCounts
        /// Whether everything is in a free-tier region.
        let isFree: Bool
        /// Whether there are several regions, so that each line names its own.
        let namesRegions: Bool

        private func place(_ region: String) -> String { namesRegions ? " in \(region)" : "" }

        private func line(without what: String) -> Line { Line(what: what, how: "no price in this list", cents: nil) }

        var machines: [Line] {
            counts.machines.sorted { $0.key < $1.key }.map { machine, count in
                let what = "\(count) × \(machine.type)" + (machine.isSpot ? ", Spot" : "") + place(machine.region)
                let hour = prices.hour(of: machine.type, in: machine.region)
                guard let price = machine.isSpot ? hour?.spot : hour?.regular else { return line(without: what) }
                let discount = machine.isSpot ? 0 : prices.sustainedDiscount(for: machine.type)
                let unit = CloudCost.cents(price * hours * (10_000 - discount) / 10_000)
                let isFree = isFree && !machine.isSpot && prices.freeMachine == machine.type
                let paid = isFree ? count - 1 : count
                let how =
                    "\(paid) × \(dollars(unit))" + (isFree ? ", one is free" : "")
                    + (discount > 0 ? ", \((discount + 50) / 100) % sustained-use discount taken off" : "")
                return Line(what: what, how: how, cents: paid * unit)
            }
        }

        var disks: [Line] {
            counts.disks.sorted { $0.key < $1.key }.map { disk, size in
                let what = "\(size) GB of \(disk.type)" + place(disk.region)
                guard let price = prices.disk(disk.type, in: disk.region) else { return line(without: what) }
                let free = isFree && prices.freeDisk?.type == disk.type ? min(size, prices.freeDisk?.size ?? 0) : 0
                let how = "\(size - free) × \(dollars(cents(price)))" + (free > 0 ? ", \(free) GB are free" : "")
                return Line(what: what, how: how, cents: cents(price * (size - free)))
            }
        }

        var addresses: [Line] {
            var kinds = [
                (counts.addresses, "external address", "external addresses", prices.address),
                (
                    counts.spotAddresses, "external address of a Spot machine", "external addresses of Spot machines",
                    prices.spotAddress
                ),
            ]
            for (region, count) in counts.unusedAddresses.sorted(by: { $0.key.precedes($1.key) }) {
                let price = prices.unusedAddress(in: region)
                kinds.append(
                    (count, "reserved address that nothing uses", "reserved addresses that nothing uses", price)
                )
            }
            return kinds.filter { $0.0 > 0 }.map { count, one, several, price in
                let what = "\(count) \(count == 1 ? one : several)"
                guard let unit = price.map({ cents($0 * hours) }) else { return line(without: what) }
                return Line(what: what, how: "\(count) × \(dollars(unit))", cents: count * unit)
            }
        }
    }

    /// Converts parts of a dollar to cents, rounded to the nearest cent.
    private static func cents(_ parts: Int) -> Int { (parts + CloudPrices.unit / 200) / (CloudPrices.unit / 100) }
}
