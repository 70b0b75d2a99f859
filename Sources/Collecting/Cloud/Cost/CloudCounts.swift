internal import Documents

/// The quantities of priced items.
struct CloudCounts {
    /// Machines with the same price.
    struct Machine: Hashable, Comparable {
        var type: String
        var region: String
        var isSpot: Bool

        static func < (left: Machine, right: Machine) -> Bool {
            (left.type, left.isSpot ? 1 : 0, left.region) < (right.type, right.isSpot ? 1 : 0, right.region)
        }
    }

    /// Disks with the same price.
    struct Disk: Hashable, Comparable {
        var type: String
        var region: String

        static func < (left: Disk, right: Disk) -> Bool { (left.type, left.region) < (right.type, right.region) }
    }

    /// The number of machines with each price.
    private(set) var machines: [Machine: Int] = [:]
    /// The number of gigabytes of disks with each price.
    private(set) var disks: [Disk: Int] = [:]
    /// The number of external addresses of regular machines.
    private(set) var addresses = 0
    /// The number of external addresses of Spot machines.
    private(set) var spotAddresses = 0
    /// The number of unused reserved addresses by region; `global` for addresses without a region.
    private(set) var unusedAddresses: [String: Int] = [:]

    /// Counts the items of an inventory.
    init(_ inventory: CloudInventory) {
        let listed = Dictionary(
            inventory.all(.disk).map { ($0.path, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        var attached: Set<String> = []
        // The machines of a managed group are counted by the group's size only if no managed machine is listed.
        let machines = inventory.all(.instance)
        for machine in machines { add(machine.value, in: machine.region, listed: listed, attached: &attached) }
        let isListed = machines.contains { $0.metadata.contains { $0.key == "created-by" } }
        for group in inventory.all(.instanceGroupManager) where !isListed {
            guard let link = group.value["instanceTemplate"]?.scalar,
                let template = inventory.all(.instanceTemplate).first(where: { $0.path == CloudResource.path(of: link) }
                ),
                let properties = template.value["properties"]
            else { continue }
            for _ in 0..<(group.value["targetSize"]?.number ?? 0) {
                add(properties, in: group.region, listed: listed, attached: &attached)
            }
        }
        for disk in inventory.all(.disk) where !attached.contains(disk.path) {
            add(disk: disk.value, in: disk.region, size: nil)
        }
        for address in inventory.all(.address)
        where address.value["addressType"]?.scalar != "INTERNAL" && address.value["status"]?.scalar == "RESERVED" {
            unusedAddresses[address.region ?? "global", default: 0] += 1
        }
    }

    private mutating func add(
        _ machine: JSONValue,
        in region: String?,
        listed: [String: JSONValue],
        attached: inout Set<String>
    ) {
        let type = CloudResource.lastComponent(of: machine["machineType"]?.scalar ?? "")
        let scheduling = machine["scheduling"]
        let isSpot = scheduling?["preemptible"]?.isTrue == true || scheduling?["provisioningModel"]?.scalar == "SPOT"
        machines[Machine(type: type, region: region ?? "", isSpot: isSpot), default: 0] += 1
        for disk in machine["disks"]?.elements ?? [] where disk["type"]?.scalar != "SCRATCH" {
            let path = disk["source"]?.scalar.map(CloudResource.path(of:))
            if let path { attached.insert(path) }
            let described = path.flatMap { listed[$0] } ?? disk["initializeParams"] ?? disk
            add(disk: described, in: region, size: disk["diskSizeGb"]?.number)
        }
        for interface in machine["networkInterfaces"]?.elements ?? [] {
            let count = interface["accessConfigs"]?.elements.count ?? 0
            if isSpot { spotAddresses += count } else { addresses += count }
        }
    }

    private mutating func add(disk: JSONValue, in region: String?, size: Int?) {
        let named = disk["diskType"]?.scalar ?? disk["type"]?.scalar.flatMap { $0.contains("/diskTypes/") ? $0 : nil }
        let type = named.map(CloudResource.lastComponent(of:)) ?? "pd-standard"
        let gigabytes = size ?? disk["sizeGb"]?.number ?? disk["diskSizeGb"]?.number ?? 10
        disks[Disk(type: type, region: region ?? ""), default: 0] += gigabytes
    }
}
