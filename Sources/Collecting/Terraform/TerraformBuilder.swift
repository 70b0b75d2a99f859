internal import Documents

/// Turns the resources of Google Cloud into Terraform resources: what the owner set, as references where it names something
/// else that is collected, and nothing of what the API adds.
struct TerraformBuilder {
    let inventory: CloudInventory
    let fields: CloudFields
    let modernizes: Bool
    /// The project, zone and region that most of it lies in.
    let project: String?
    let zone: String?
    let region: String?
    /// All documents of all machines in one text, to see whether one names an address.
    let documents: String
    let families: [String: String]

    var resources: [TerraformResource] = []
    var variables: [TerraformVariable] = []
    /// Fields that no argument holds, with the resources that have them.
    var unknownFields: [String: Int] = [:]
    /// What the owner should know, one sentence each.
    var remarks: [String] = []
    private var targets: Set<String> = []
    private var addresses: [String: CloudResource] = [:]
    private var networks: [String: CloudResource] = [:]
    private var disks: [String: CloudResource] = [:]

    init(_ inventory: CloudInventory, project: String?, modernizes: Bool) {
        self.inventory = inventory
        self.modernizes = modernizes
        fields = .compiledIn
        self.project = project ?? Self.mostFrequent(inventory.resources.compactMap(\.project))
        zone = Self.mostFrequent(inventory.resources.compactMap(\.zone))
        region = Self.mostFrequent(inventory.resources.compactMap(\.region))
        documents = inventory.resources.flatMap { Self.metadata(of: $0).map(\.value) }.joined(separator: "\n")
        families = Dictionary(
            EmbeddedData.words(of: EmbeddedData.cloudImages).filter { $0.count == 2 }.map { ($0[0], $0[1]) },
            uniquingKeysWith: { first, _ in first }
        )
        for resource in inventory.all(.address) {
            if let address = resource.value["address"]?.scalar { addresses[address] = resource }
        }
        for resource in inventory.all(.network) { networks[resource.path] = resource }
        for resource in inventory.all(.disk) { disks[resource.path] = resource }
    }

    /// Makes all resources.
    mutating func build() {
        let wanted = inventory.resources.filter(isWanted)
        targets = Set(wanted.map(\.target))
        for resource in wanted { build(resource) }
    }

    // MARK: - The table

    private mutating func build(_ resource: CloudResource) {
        guard let type = type(of: resource) else { return }
        var body = HCLBody()
        fill(&body, with: resource.value, of: resource.kind, under: "", in: resource)
        let machines: Set<CloudKind> = [
            .instance, .instanceTemplate, .instanceGroup, .instanceGroupManager, .disk, .project,
        ]
        resources.append(
            TerraformResource(
                target: resource.target,
                type: type,
                name: resource.kind == .project ? "project" : resource.name,
                file: machines.contains(resource.kind) ? "machines.tf" : "network.tf",
                body: body
            )
        )
    }

    private func type(of resource: CloudResource) -> String? {
        switch resource.kind {
        case .address where resource.region == nil: "google_compute_global_address"
        case .instanceGroupManager where resource.zone == nil: "google_compute_region_instance_group_manager"
        case .project: "google_compute_project_metadata"
        default: fields.resources[resource.kind]
        }
    }

    /// Puts the arguments of an object into a body.
    ///
    /// - Parameters:
    ///   - body: what the arguments are put into.
    ///   - object: the object, as the API answers with it.
    ///   - kind: the part of the table that is used.
    ///   - prefix: the path of the object in it, with a final `.`; empty for a whole resource.
    ///   - resource: the resource that the object is a part of.
    mutating func fill(
        _ body: inout HCLBody,
        with object: JSONValue,
        of kind: CloudKind,
        under prefix: String,
        in resource: CloudResource
    ) {
        if resource.kind == .project { return fillProject(&body, resource) }
        let members = object.members.sorted { left, right in
            let order = (fields.position(kind, prefix + left.name), fields.position(kind, prefix + right.name))
            return order.0 == order.1 ? left.name.precedes(right.name) : order.0 < order.1
        }
        for member in members {
            let path = prefix + member.name
            guard let field = fields[kind, path] else {
                if !member.value.isEmpty { unknownFields["\(resource.kind.noun): \(path)", default: 0] += 1 }
                continue
            }
            switch field.treatment {
            case .output: continue
            case .program:
                let place = Place(kind: kind, path: path, object: object, resource: resource)
                fillByProgram(&body, member.value, place)
            case .block, .blockAlways:
                let objects = member.value.members.isEmpty ? member.value.elements : [member.value]
                for object in objects {
                    var inner = HCLBody()
                    fill(&inner, with: object, of: kind, under: path + ".", in: resource)
                    if modernizes && path == "scheduling" && object["preemptible"]?.isTrue == true {
                        Self.makeSpot(&inner)
                    }
                    guard !inner.isEmpty || field.treatment == .blockAlways else { continue }
                    body.blocks.append(HCLBody.Block(name: field.argument, body: inner))
                }
            default:
                guard !member.value.isEmpty,
                    member.value.scalar != field.standard?.scalar || member.value.scalar == nil,
                    let expression = expression(member.value, field, of: resource)
                else { continue }
                body[field.argument] = expression
            }
        }
    }

    /// Turns a preemptible machine into a Spot machine, which costs the same and has no end after 24 hours.
    private static func makeSpot(_ scheduling: inout HCLBody) {
        scheduling["provisioning_model"] = .text("SPOT")
        if scheduling["instance_termination_action"] == nil {
            scheduling["instance_termination_action"] = .text("STOP")
        }
    }

    private func expression(
        _ value: JSONValue,
        _ field: CloudFields.Field,
        of resource: CloudResource
    ) -> HCLExpression? {
        switch field.treatment {
        case .text: return value.scalar.map { ownText($0) }
        case .number: return value.number.map { .raw(String($0)) }
        case .flag: return value.scalar.map { .raw($0) }
        case .list: return .list(value.elements.compactMap(\.scalar).map { ownText($0) })
        case .map:
            // Labels that begin with `goog-` are Google's own.
            let entries = value.members.filter { !$0.name.hasPrefix("goog-") }
                .compactMap { member in member.value.scalar.map { HCLEntry(name: member.name, value: .text($0)) } }
            return entries.isEmpty ? nil : .map(entries)
        case .name:
            guard let name = value.scalar.map(CloudResource.lastComponent(of:)), name != field.standard?.scalar else {
                return nil
            }
            if modernizes && field.argument == "machine_type" && name == "f1-micro" { return .text("e2-micro") }
            return .text(name)
        case .reference: return value.scalar.map { reference(to: $0, kind: field.argument) }
        case .output, .program, .block, .blockAlways: return nil
        }
    }

    /// A text of the owner's, with the project's name as a variable.
    func ownText(_ text: String) -> HCLExpression {
        guard let project, !project.isEmpty, text.contains("@\(project).") || text.contains("/\(project)/") else {
            return .text(text)
        }
        let parts = text.split(separator: project, omittingEmptySubsequences: false)
        return .raw("\"" + parts.map { HCLWriter.escaped(String($0)) }.joined(separator: "${var.project}") + "\"")
    }

    /// A network or subnetwork: a reference where it is collected, its name where Google makes it.
    func reference(to link: String, kind: String) -> HCLExpression {
        let path = CloudResource.path(of: link)
        let target = "\(kind) \(path)"
        if targets.contains(target) { return .reference(HCLReference(target: target, attribute: "id")) }
        let name = CloudResource.lastComponent(of: link)
        let isOwn = project.map { path.hasPrefix("projects/\($0)/") } ?? true
        return isOwn ? .text(name) : .text(path)
    }

    /// A reference where the resource is collected.
    func reference(_ kind: CloudKind, _ link: String, _ attribute: String) -> HCLExpression? {
        let target = "\(kind.rawValue) \(CloudResource.path(of: link))"
        guard targets.contains(target) else { return nil }
        return .reference(HCLReference(target: target, attribute: attribute))
    }

    func reservedAddress(_ text: String) -> HCLExpression? {
        guard let resource = addresses[text], targets.contains(resource.target) else { return nil }
        return .reference(HCLReference(target: resource.target, attribute: "address"))
    }

    func disk(_ link: String) -> CloudResource? { disks[CloudResource.path(of: link)] }

    /// Whether Google makes the subnetworks of a network by itself.
    func makesItsSubnetworks(_ link: String) -> Bool {
        guard let network = networks[CloudResource.path(of: link)] else {
            return CloudResource.lastComponent(of: link) == "default"
        }
        return network.value["autoCreateSubnetworks"]?.isTrue ?? false
    }

    // MARK: - What is left out

    private func isWanted(_ resource: CloudResource) -> Bool {
        switch resource.kind {
        case .deployment, .manifest: return false
        case .project: return !projectMetadata(resource).isEmpty
        case .network: return !(resource.name == "default" && resource.value["autoCreateSubnetworks"]?.isTrue ?? true)
        case .subnetwork: return !makesItsSubnetworks(resource.value["network"]?.scalar ?? "")
        case .firewall: return !CloudDefaults.isPrepopulated(resource)
        case .instance: return managingGroup(of: resource) == nil
        case .instanceGroup: return resource.value["isManaged"]?.scalar != "Yes" && !isOfManager(resource)
        case .disk: return !isBootDisk(resource)
        case .recordSet:
            return resource.value["type"]?.scalar != "SOA"
                && !(resource.value["type"]?.scalar == "NS" && isApex(resource))
        default: return true
        }
    }

    private func isOfManager(_ group: CloudResource) -> Bool {
        inventory.all(.instanceGroupManager).contains {
            $0.value["instanceGroup"]?.scalar.map(CloudResource.path(of:)) == group.path
        }
    }

    private func isApex(_ record: CloudResource) -> Bool {
        inventory.all(.managedZone).contains { $0.value["dnsName"] == record.value["name"] }
    }

    /// Whether a machine makes this disk when it is made itself.
    private func isBootDisk(_ disk: CloudResource) -> Bool {
        let users = (disk.value["users"]?.elements ?? []).compactMap(\.scalar).map(CloudResource.path(of:))
        return inventory.all(.instance).contains { instance in
            users.contains(instance.path)
                && (instance.value["disks"]?.elements ?? []).contains {
                    $0["boot"]?.isTrue == true && $0["source"]?.scalar.map(CloudResource.path(of:)) == disk.path
                }
        }
    }

    /// The managed group that made a machine; nil where the owner did.
    func managingGroup(of instance: CloudResource) -> String? {
        Self.metadata(of: instance).first { $0.key == "created-by" && $0.value.contains("/instanceGroupManagers/") }?
            .value
    }

    /// The entries of the metadata of a machine or template.
    static func metadata(of resource: CloudResource) -> [(key: String, value: String)] {
        let value =
            resource.value["metadata"] ?? resource.value["properties"]?["metadata"]
            ?? resource.value["commonInstanceMetadata"]
        return (value?["items"]?.elements ?? []).compactMap { item in
            guard let key = item["key"]?.scalar, let value = item["value"]?.scalar else { return nil }
            return (key, value)
        }
    }

    private static func mostFrequent(_ names: [String]) -> String? {
        let counts = Dictionary(grouping: names, by: \.self).mapValues(\.count)
        return counts.max { left, right in
            left.value == right.value ? right.key.precedes(left.key) : left.value < right.value
        }?.key
    }
}

extension TerraformBuilder {
    /// A field that takes more than its line in the table.
    struct Place {
        var kind: CloudKind
        var path: String
        /// The object that has the field.
        var object: JSONValue
        var resource: CloudResource
    }
}

extension CloudResource {
    /// The name by which others refer to the resource.
    var target: String { "\(kind.rawValue) \(path)" }
}

/// What Google makes in a new project without being asked.
enum CloudDefaults {
    /// Whether a rule is one of those that come with the network `default`.
    ///
    /// Source: https://cloud.google.com/firewall/docs/firewalls, "Pre-populated rules in the default network".
    static func isPrepopulated(_ rule: CloudResource) -> Bool {
        let names: Set = ["default-allow-icmp", "default-allow-internal", "default-allow-rdp", "default-allow-ssh"]
        return names.contains(rule.name) && rule.value["priority"]?.number == 65_534
    }
}
