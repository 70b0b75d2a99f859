internal import Documents

/// Converts Google Cloud resources to Deployment Manager resources in the API's own form: the owner's settings, with
/// references to other collected resources and without fields that the API adds.
struct DeploymentManagerBuilder {
    let cloud: CloudSelection
    let fields: CloudFields
    let modernizes: Bool
    var resources: [DeploymentManagerResource] = []
    /// What Deployment Manager cannot create.
    var leftOut: [CollectionRecord.LeftOut] = []

    /// The Terraform resources, which define the variables and the documents.
    let terraform: [String: TerraformResource]
    let variables: Set<String>
    let documents: [String: [String: String]]

    /// Fields that the table drops because users never set them, although the API requires them.
    private static let wanted: [CloudKind: Set<String>] = [
        .instance: ["networkInterfaces.accessConfigs.name", "networkInterfaces.accessConfigs.type"],
        // Without it, the API creates a legacy network.
        .network: ["autoCreateSubnetworks"],
    ]

    init(_ builder: TerraformBuilder, documents: [String: [String: String]]) {
        cloud = builder.cloud
        fields = builder.fields
        modernizes = builder.modernizes
        terraform = Dictionary(
            builder.resources.map { ($0.target, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        variables = Set(builder.variables.map(\.name))
        self.documents = documents
        for resource in cloud.wanted where resource.kind != .recordSet { build(resource) }
        for group in cloud.wanted where group.kind == .instanceGroup { buildMembers(of: group) }
        buildRecords()
        nameEachOnce()
    }

    private mutating func build(_ resource: CloudResource) {
        let making: DeploymentManagerResource.Making
        let properties: [PythonEntry]
        if resource.kind == .project {
            making = .action("gcp-types/compute-v1:compute.projects.setCommonInstanceMetadata", policy: "CREATE")
            properties = [PythonEntry("project", .name("project"))] + metadata(of: resource)
        } else {
            making = .type(Self.type(of: resource))
            properties = entries(of: resource.value, resource.kind, under: "", in: resource)
        }
        resources.append(
            DeploymentManagerResource(
                target: resource.target,
                kind: resource.kind,
                name: resource.kind == .project ? "common-metadata" : resource.name,
                making: making,
                properties: .dictionary(properties)
            )
        )
    }

    /// Returns the type name of a resource.
    ///
    /// Source: https://cloud.google.com/deployment-manager/docs/configuration/supported-resource-types.
    private static func type(of resource: CloudResource) -> String {
        switch resource.kind {
        case .address where resource.region == nil: "compute.v1.globalAddress"
        case .instanceGroupManager where resource.zone == nil: "compute.v1.regionInstanceGroupManager"
        case .managedZone: "dns.v1.managedZone"
        default: "compute.v1.\(resource.kind.rawValue)"
        }
    }

    /// Gives every resource a unique name in the deployment.
    private mutating func nameEachOnce() {
        var taken: Set = Set(DeploymentManagerTemplate.Part.allCases.map(\.rawValue))
        // A machine keeps its own name even if other resources have the same one.
        let order =
            resources.indices.filter { resources[$0].kind == .instance }
            + resources.indices.filter { resources[$0].kind != .instance }
        for index in order {
            let name = resources[index].name
            let kind = resources[index].kind.kebab
            var number = 1
            while !taken.insert(resources[index].deploymentName).inserted {
                resources[index].suffix = number == 1 ? "-" + kind : "-\(kind)-\(number)"
                number += 1
            }
            // By default, a resource's own name is its name in the deployment.
            guard !resources[index].suffix.isEmpty, case .type = resources[index].making,
                case .dictionary(let entries) = resources[index].properties
            else { continue }
            resources[index].properties = .dictionary([PythonEntry("name", .text(name))] + entries)
        }
    }

    // MARK: - The table

    /// Returns the properties of an object.
    ///
    /// - Parameters:
    ///   - object: the object in the API's answer.
    ///   - kind: the part of the table that is used.
    ///   - prefix: the path of the object in it, with a final `.`; empty for a whole resource.
    ///   - resource: the resource that the object is part of.
    /// - Returns: the properties, in order of the table.
    func entries(
        of object: JSONValue,
        _ kind: CloudKind,
        under prefix: String,
        in resource: CloudResource
    ) -> [PythonEntry] {
        let members = object.members.sorted { left, right in
            let order = (fields.position(kind, prefix + left.name), fields.position(kind, prefix + right.name))
            return order.0 == order.1 ? left.name.precedes(right.name) : order.0 < order.1
        }
        var result: [PythonEntry] = []
        for member in members {
            let path = prefix + member.name
            // Fields that are not in the table are reported when the Terraform files are made.
            guard path != "name", let field = fields[kind, path] else { continue }
            let isWanted = Self.wanted[kind]?.contains(path) ?? false
            switch field.treatment {
            case .output where !isWanted: continue
            case .program:
                let place = TerraformBuilder.Place(kind: kind, path: path, object: object, resource: resource)
                result += programEntries(member, place)
            case .block, .blockAlways:
                let isList = member.value.members.isEmpty
                let objects = isList ? member.value.elements : [member.value]
                var parts = objects.map { PythonExpression.dictionary(block($0, kind, path, resource)) }
                if field.treatment == .block { parts.removeAll { $0 == .dictionary([]) } }
                guard let first = parts.first else { continue }
                result.append(PythonEntry(member.name, isList ? .list(parts) : first))
            default:
                guard isWanted || !field.isStandard(member.value), let value = value(member.value, field, resource)
                else { continue }
                result.append(PythonEntry(member.name, value))
            }
        }
        return result
    }

    private func block(
        _ object: JSONValue,
        _ kind: CloudKind,
        _ path: String,
        _ resource: CloudResource
    ) -> [PythonEntry] {
        var inner = entries(of: object, kind, under: path + ".", in: resource)
        guard modernizes && path == "scheduling" && object["preemptible"]?.isTrue == true else { return inner }
        inner.removeAll { $0.name == "provisioningModel" }
        inner.append(PythonEntry("provisioningModel", .text("SPOT")))
        if !inner.contains(where: { $0.name == "instanceTerminationAction" }) {
            inner.append(PythonEntry("instanceTerminationAction", .text("STOP")))
        }
        return inner
    }

    private func value(
        _ value: JSONValue,
        _ field: CloudFields.Field,
        _ resource: CloudResource
    ) -> PythonExpression? {
        switch field.treatment {
        case .number: return value.number.map { .integer($0) }
        case .list where field.argument == "source_ranges":
            guard case .variable(let name)? = terraform[resource.target]?.body["source_ranges"] else {
                return copy(value)
            }
            return .property(name)
        case .map:
            // Labels that begin with `goog-` are Google's own.
            let own = value.members.filter { !$0.name.hasPrefix("goog-") }
            return own.isEmpty ? nil : .dictionary(own.map { PythonEntry($0.name, copy($0.value)) })
        case .reference: return value.scalar.map { reference(field.argument, $0) }
        case .name where modernizes && field.argument == "machine_type":
            let text = value.scalar ?? ""
            return link(text.hasSuffix("/f1-micro") || text == "f1-micro" ? text.dropLast(8) + "e2-micro" : text)
        default: return copy(value)
        }
    }
}

extension CloudKind {
    /// The kind as part of a name: `instance-group`.
    fileprivate var kebab: String {
        rawValue.map { $0.isUppercase ? "-" + $0.lowercased() : String($0) }.joined()
    }
}
