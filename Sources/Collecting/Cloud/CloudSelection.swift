internal import Documents

/// The resources of a project that its owner created, and the properties that most of them share: the basis of all
/// templates.
struct CloudSelection: Sendable {
    let inventory: CloudInventory
    /// The project, zone and region of most resources.
    let project: String?
    let zone: String?
    let region: String?
    /// The resources that templates create, in order of the inventory.
    let wanted: [CloudResource]

    /// The addresses in the machines' documents.
    private let namedAddresses: Set<Substring>
    private let targets: Set<String>
    private let addresses: [String: CloudResource]
    private let networks: [String: CloudResource]
    private let disks: [String: CloudResource]
    private let families: [String: String]

    init(_ inventory: CloudInventory, project: String?) {
        self.inventory = inventory
        self.project = project ?? Self.mostFrequent(inventory.resources.compactMap(\.project))
        zone = Self.mostFrequent(inventory.resources.compactMap(\.zone))
        region = Self.mostFrequent(inventory.resources.compactMap(\.region))
        namedAddresses = Set(inventory.resources.flatMap { $0.metadata.flatMap { Self.addresses(in: $0.value) } })
        families = Dictionary(
            EmbeddedData.words(of: EmbeddedData.cloudImages).filter { $0.count == 2 }.map { ($0[0], $0[1]) },
            uniquingKeysWith: { first, _ in first }
        )
        let addresses = inventory.all(.address).compactMap { resource in
            resource.value["address"]?.scalar.map { ($0, resource) }
        }
        self.addresses = Dictionary(addresses, uniquingKeysWith: { _, last in last })
        networks = Dictionary(inventory.all(.network).map { ($0.path, $0) }, uniquingKeysWith: { _, last in last })
        disks = Dictionary(inventory.all(.disk).map { ($0.path, $0) }, uniquingKeysWith: { _, last in last })
        let choice = Choice(inventory, networks)
        wanted = inventory.resources.filter(choice.isWanted)
        targets = Set(wanted.map(\.target))
    }

    private static func mostFrequent(_ names: [String]) -> String? {
        let counts = Dictionary(grouping: names, by: \.self).mapValues(\.count)
        return counts.max { left, right in
            left.value == right.value ? right.key.precedes(left.key) : left.value < right.value
        }?.key
    }

    // MARK: - References of a resource

    /// Returns the target of a link to a resource of a kind, for references; nil if the templates do not create it.
    func target(_ kind: String, _ link: String) -> String? {
        let target = "\(kind) \(CloudResource.path(of: link))"
        return targets.contains(target) ? target : nil
    }

    /// Returns the reserved address that the templates create for this address; nil if there is none.
    func reservedAddress(_ text: String) -> CloudResource? {
        addresses[text].flatMap { targets.contains($0.target) ? $0 : nil }
    }

    /// Whether a document of this deployment contains an address.
    func isNamed(_ address: String) -> Bool { namedAddresses.contains(address[...]) }

    /// Returns the IPv4 addresses in a text.
    private static func addresses(in text: String) -> [Substring] {
        let digits = text.utf8.split {
            !$0.isDigit && $0 != UInt8(ascii: ".")
        }
        return digits.compactMap { run in
            let parts = run.split(separator: UInt8(ascii: "."))
            guard parts.count == 4, let first = parts.first, let last = parts.last else { return nil }
            return Substring(run[first.startIndex..<last.endIndex])
        }
    }

    func disk(_ link: String) -> CloudResource? { disks[CloudResource.path(of: link)] }

    /// Returns the image that a machine's disk was created from: a link, or `PROJECT/FAMILY` if only its licence is
    /// known.
    func image(of disk: JSONValue) -> String? {
        if let image = disk["initializeParams"]?["sourceImage"]?.scalar { return image }
        if let image = disk["source"]?.scalar.flatMap(self.disk)?.value["sourceImage"]?.scalar { return image }
        for licence in disk["licenses"]?.elements ?? [] {
            let parts = CloudResource.path(of: licence.scalar ?? "").split(separator: "/")
            guard parts.count >= 2, let name = parts.last else { continue }
            if let family = families["\(parts[1])/\(name)"] { return family }
        }
        return nil
    }

    /// Whether Google creates the subnetworks of a network automatically.
    func makesItsSubnetworks(_ link: String) -> Bool { networks.makesItsSubnetworks(link) }

    /// Returns the zone of a record set; nil if it is not collected.
    func zone(ofRecord record: CloudResource) -> CloudResource? {
        guard let name = record.value["name"]?.scalar else { return nil }
        let zones = inventory.all(.managedZone).filter { zone in
            guard let domain = zone.value["dnsName"]?.scalar else { return false }
            return name == domain || name.hasSuffix("." + domain)
        }
        // A zone may hold a subdomain of another zone's domain: the longer domain counts.
        return zones.max { ($0.value["dnsName"]?.scalar ?? "").count < ($1.value["dnsName"]?.scalar ?? "").count }
    }

    /// Splits a text at the project's name; nil if it does not contain the name.
    func pieces(aroundProjectIn text: String) -> [String]? {
        guard let project, !project.isEmpty, text.contains("@\(project).") || text.contains("/\(project)/") else {
            return nil
        }
        return text.split(separator: project, omittingEmptySubsequences: false).map(String.init)
    }
}

/// Distinguishes the owner's resources from those that Google created.
private struct Choice {
    private let networks: [String: CloudResource]
    /// The paths of the groups that managers created.
    private let managedGroups: Set<String>
    /// The paths of the disks that are created together with their machines.
    private let bootDisks: Set<String>
    /// The domains of the zones.
    private let domains: Set<String>

    init(_ inventory: CloudInventory, _ networks: [String: CloudResource]) {
        self.networks = networks
        managedGroups = inventory.managedGroups
        let attached = inventory.all(.instance).flatMap { $0.value["disks"]?.elements ?? [] }
        let boot = attached.filter { $0["boot"]?.isTrue == true }.compactMap { $0["source"]?.scalar }
        bootDisks = Set(boot.map(CloudResource.path(of:)))
        domains = Set(inventory.all(.managedZone).compactMap { $0.value["dnsName"]?.scalar })
    }

    func isWanted(_ resource: CloudResource) -> Bool {
        switch resource.kind {
        case .deployment, .manifest: return false
        case .project: return !resource.metadata.isEmpty
        case .network: return !(resource.name == "default" && resource.value["autoCreateSubnetworks"]?.isTrue ?? true)
        case .subnetwork: return !networks.makesItsSubnetworks(resource.value["network"]?.scalar ?? "")
        case .firewall: return !resource.isPrepopulated
        case .instance: return resource.managingGroup == nil
        case .instanceGroup: return resource.isUnmanagedGroup(besides: managedGroups)
        case .disk: return !bootDisks.contains(resource.path)
        case .recordSet:
            let isApex = domains.contains(resource.value["name"]?.scalar ?? "")
            let type = resource.value["type"]?.scalar
            return type != "SOA" && !(type == "NS" && isApex)
        default: return true
        }
    }
}

extension CloudInventory {
    /// The paths of the groups whose machines a manager creates.
    var managedGroups: Set<String> {
        let links = all(.instanceGroupManager).compactMap { $0.value["instanceGroup"]?.scalar }
        return Set(links.map(CloudResource.path(of:)))
    }
}

extension CloudResource {
    /// Whether it is a group to which its owner added the machines.
    func isUnmanagedGroup(besides managed: Set<String>) -> Bool {
        value["isManaged"]?.scalar != "Yes" && !managed.contains(path)
    }
}

extension [String: CloudResource] {
    fileprivate func makesItsSubnetworks(_ link: String) -> Bool {
        guard let network = self[CloudResource.path(of: link)] else {
            return CloudResource.lastComponent(of: link) == "default"
        }
        return network.value["autoCreateSubnetworks"]?.isTrue ?? false
    }
}

extension CloudResource {
    /// The name by which other resources refer to this one.
    var target: String { "\(kind.rawValue) \(path)" }

    /// The metadata entries of a machine, a template or a project.
    var metadata: [(key: String, value: String)] {
        let value = value["metadata"] ?? value["properties"]?["metadata"] ?? value["commonInstanceMetadata"]
        return (value?["items"]?.elements ?? []).compactMap { item in
            guard let key = item["key"]?.scalar, let value = item["value"]?.scalar else { return nil }
            return (key, value)
        }
    }

    /// The managed group that created a machine; nil if the owner did.
    var managingGroup: String? {
        metadata.first { $0.key == "created-by" && $0.value.contains("/instanceGroupManagers/") }?.value
    }

    /// Whether a firewall rule is one of the pre-populated rules of the network `default`.
    ///
    /// Source: https://cloud.google.com/firewall/docs/firewalls, "Pre-populated rules in the default network".
    var isPrepopulated: Bool {
        let names: Set = ["default-allow-icmp", "default-allow-internal", "default-allow-rdp", "default-allow-ssh"]
        return names.contains(name) && value["priority"]?.number == 65_534
    }
}
