internal import Documents

/// Converts values of properties: values, links, metadata, and the records of a zone.
extension DeploymentManagerBuilder {
    /// Returns a value unchanged, except that links become valid in any project.
    func copy(_ value: JSONValue) -> PythonExpression {
        switch value {
        case .string(let text): link(text)
        case .integer(let number): .integer(number)
        case .bool(let flag): .flag(flag)
        case .array(let elements): .list(elements.map(copy))
        case .object(let members): .dictionary(members.map { PythonEntry($0.name, copy($0.value)) })
        case .null: .text("")
        }
    }

    /// Returns a text as an expression; a link loses its server and the name of this project, and gets the configured
    /// zone or region.
    func link(_ text: String) -> PythonExpression {
        let servers = ["https://www.googleapis.com/compute/", "https://compute.googleapis.com/", "projects/"]
        guard servers.contains(where: text.hasPrefix) else { return ownText(text) }
        var path = CloudResource.path(of: text)
        guard let project = cloud.project, path.hasPrefix("projects/\(project)/") else { return .text(path) }
        path.removeFirst("projects/\(project)/".count)
        for (folder, name, setting) in [("zones", cloud.zone, "zone"), ("regions", cloud.region, "region")] {
            guard let name, path.hasPrefix("\(folder)/\(name)/") else { continue }
            let rest = String(path.dropFirst(folder.count + 1 + name.count))
            return .joined([.text(folder + "/"), .name(setting), .text(rest)])
        }
        return .text(path)
    }

    private func ownText(_ text: String) -> PythonExpression {
        guard let pieces = cloud.pieces(aroundProjectIn: text) else { return .text(text) }
        return joined(pieces)
    }

    private func joined(_ pieces: [String]) -> PythonExpression {
        var parts: [PythonExpression] = []
        for (index, piece) in pieces.enumerated() {
            if index > 0 { parts.append(.name("project")) }
            if !piece.isEmpty { parts.append(.text(piece)) }
        }
        return .joined(parts)
    }

    /// Returns a reference if the resource is collected, otherwise a link to it.
    func reference(_ kind: String, _ text: String) -> PythonExpression {
        cloud.target(kind, text).map { .reference(target: $0, attribute: "selfLink") } ?? link(text)
    }

    /// Returns a zone or region; if it is the most common one, the property for it.
    func place(_ value: JSONValue, _ setting: String, common: String?) -> PythonExpression? {
        guard let name = value.scalar.map(CloudResource.lastComponent(of:)) else { return nil }
        return name == common ? .name(setting) : .text(name)
    }

    /// Returns the variable that the Terraform templates use in an argument.
    func variable(_ argument: String, of resource: CloudResource) -> PythonExpression? {
        guard case .variable(let name)? = terraform[resource.target]?.body[argument] else { return nil }
        return .property(name)
    }

    /// Returns the property for an image that has no name.
    func imageProperty(of resource: CloudResource) -> PythonExpression? {
        let name = TerraformVariable.imageName(of: resource)
        return variables.contains(name) ? .property(name) : nil
    }

    // MARK: - Metadata

    func metadata(of resource: CloudResource) -> [PythonEntry] {
        guard case .map(let entries)? = terraform[resource.target]?.body["metadata"] else { return [] }
        let items = entries.compactMap { entry -> PythonExpression? in
            metadata(entry, of: resource).map {
                .dictionary([PythonEntry("key", .text(entry.name)), PythonEntry("value", $0)])
            }
        }
        return items.isEmpty ? [] : [PythonEntry("items", .list(items))]
    }

    private func metadata(_ entry: HCLEntry, of resource: CloudResource) -> PythonExpression? {
        switch entry.value {
        case .text(let text): .text(text)
        case .projectText(let pieces): joined(pieces)
        case .lines(let name): .lines(name)
        case .document: documents[resource.target]?[entry.name].map { .document($0) }
        default: nil
        }
    }

    // MARK: - DNS

    /// Creates the records of each zone with one API call, and deletes them with another, because a zone with records
    /// cannot be deleted.
    ///
    /// Source: the template `dns_records` of https://github.com/GoogleCloudPlatform/deploymentmanager-samples.
    mutating func buildRecords() {
        var records: [(zone: CloudResource, list: [PythonExpression])] = []
        for record in cloud.wanted where record.kind == .recordSet {
            guard let zone = cloud.zone(ofRecord: record) else {
                leftOut.append(.init(path: "DNS record set \(record.name)", reason: "its zone is not collected"))
                continue
            }
            let value = self.record(record, in: zone)
            if let index = records.firstIndex(where: { $0.zone.path == zone.path }) {
                records[index].list.append(value)
            } else {
                records.append((zone, [value]))
            }
        }
        for (zone, list) in records {
            for (change, policy) in [("additions", "CREATE"), ("deletions", "DELETE")] {
                resources.append(
                    DeploymentManagerResource(
                        target: "\(zone.target) \(change)",
                        kind: .recordSet,
                        name: "\(zone.name)-\(policy.lowercased())",
                        making: .action("gcp-types/dns-v1:dns.changes.create", policy: policy),
                        properties: .dictionary([
                            PythonEntry("managedZone", .reference(target: zone.target, attribute: "name")),
                            PythonEntry(change, .list(list)),
                        ])
                    )
                )
            }
        }
    }

    private func record(_ record: CloudResource, in zone: CloudResource) -> PythonExpression {
        let domain = zone.value["dnsName"]?.scalar ?? ""
        let prefix = String((record.value["name"]?.scalar ?? "").dropLast(domain.count))
        let property = variable("dns_name", of: zone) ?? .text(domain)
        let data = (record.value["rrdatas"]?.elements ?? []).compactMap(\.scalar).map { text -> PythonExpression in
            cloud.reservedAddress(text).map { .reference(target: $0.target, attribute: "address") } ?? .text(text)
        }
        var entries = [
            PythonEntry("name", prefix.isEmpty ? property : .joined([.text(prefix), property])),
            PythonEntry("type", .text(record.value["type"]?.scalar ?? "")),
        ]
        if let ttl = record.value["ttl"]?.number { entries.append(PythonEntry("ttl", .integer(ttl))) }
        return .dictionary(entries + [PythonEntry("rrdatas", .list(data))])
    }
}
