internal import Documents

/// Converts Google Cloud resources to Terraform resources: the owner's settings, with references to other collected
/// resources and without fields that the API adds.
struct TerraformBuilder {
    let cloud: CloudSelection
    let fields: CloudFields
    let modernizes: Bool

    var resources: [TerraformResource] = []
    var variables: [TerraformVariable] = []
    /// Fields that no argument represents, with the number of resources that have them.
    var unknownFields: [String: Int] = [:]
    /// Advice for the owner, one sentence each.
    var remarks: [String] = []

    init(_ cloud: CloudSelection, modernizes: Bool) {
        self.cloud = cloud
        self.modernizes = modernizes
        fields = .compiledIn
    }

    /// Converts all resources.
    mutating func build() {
        for resource in cloud.wanted { build(resource) }
        nameOwnRanges()
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

    /// Writes the arguments of an object to a body.
    ///
    /// - Parameters:
    ///   - body: the body.
    ///   - object: the object in the API's answer.
    ///   - kind: the part of the table that is used.
    ///   - prefix: the path of the object in it, with a final `.`; empty for a whole resource.
    ///   - resource: the resource that the object is part of.
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
                guard !field.isStandard(member.value),
                    let expression = expression(member.value, field, of: resource)
                else { continue }
                body[field.argument] = expression
            }
        }
    }

    /// Turns a preemptible machine into a Spot machine, which costs the same and does not end after 24 hours.
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
            guard let name = value.scalar.map(CloudResource.lastComponent(of:)) else { return nil }
            if modernizes && field.argument == "machine_type" && name == "f1-micro" { return .text("e2-micro") }
            return .text(name)
        case .reference: return value.scalar.map { reference(to: $0, kind: field.argument) }
        case .output, .program, .block, .blockAlways: return nil
        }
    }

    /// Returns one of the owner's texts, with a variable for the project's name.
    func ownText(_ text: String) -> HCLExpression {
        cloud.pieces(aroundProjectIn: text).map { .projectText($0) } ?? .text(text)
    }

    /// Returns a network or subnetwork: a reference if it is collected, its name if Google creates it.
    func reference(to link: String, kind: String) -> HCLExpression {
        if let target = cloud.target(kind, link) {
            return .reference(HCLReference(target: target, attribute: "id"))
        }
        let path = CloudResource.path(of: link)
        let isOwn = cloud.project.map { path.hasPrefix("projects/\($0)/") } ?? true
        return .text(isOwn ? CloudResource.lastComponent(of: link) : path)
    }

    /// Returns a reference if the resource is collected; nil otherwise.
    func reference(_ kind: CloudKind, _ link: String, _ attribute: String) -> HCLExpression? {
        cloud.target(kind.rawValue, link).map { .reference(HCLReference(target: $0, attribute: attribute)) }
    }

    func reservedAddress(_ text: String) -> HCLExpression? {
        cloud.reservedAddress(text).map { .reference(HCLReference(target: $0.target, attribute: "address")) }
    }
}

extension TerraformBuilder {
    /// The place of a field that needs more than its line in the table.
    struct Place {
        var kind: CloudKind
        var path: String
        /// The object that has the field.
        var object: JSONValue
        var resource: CloudResource
    }
}
