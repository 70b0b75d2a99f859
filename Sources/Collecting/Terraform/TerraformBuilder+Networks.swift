internal import Documents

extension TerraformBuilder {
    /// Writes fields of networks, addresses, zones and groups that need more than their line in the table.
    mutating func fillNetworkField(_ body: inout HCLBody, _ value: JSONValue, _ place: Place) {
        switch (place.kind, place.path) {
        case (.address, "address"):
            // An external address is assigned by Google; an internal one is chosen by the owner.
            if place.resource.value["addressType"]?.scalar == "INTERNAL" {
                body["address"] = value.scalar.map { .text($0) }
            }
        case (.address, "purpose"):
            if let purpose = value.scalar, purpose != "GCE_ENDPOINT" || body["address_type"] == nil {
                if place.resource.value["addressType"]?.scalar == "INTERNAL" { body["purpose"] = .text(purpose) }
            }
        case (.firewall, "logConfig"):
            guard value["enable"]?.isTrue == true else { return }
            var log = HCLBody()
            log["metadata"] = .text(value["metadata"]?.scalar ?? "INCLUDE_ALL_METADATA")
            body.blocks.append(HCLBody.Block(name: "log_config", body: log))
        case (.subnetwork, "logConfig"):
            guard value["enable"]?.isTrue == true else { return }
            var log = HCLBody()
            if let interval = value["aggregationInterval"]?.scalar { log["aggregation_interval"] = .text(interval) }
            if let sampling = value["flowSampling"]?.scalar { log["flow_sampling"] = .raw(sampling) }
            if let metadata = value["metadata"]?.scalar { log["metadata"] = .text(metadata) }
            body.blocks.append(HCLBody.Block(name: "log_config", body: log))
        case (.network, "routingConfig"):
            if let mode = value["routingMode"]?.scalar, mode != "REGIONAL" { body["routing_mode"] = .text(mode) }
        case (.network, "peerings"):
            if !value.isEmpty { unknownFields["network: peerings", default: 0] += 1 }
        case (.managedZone, "dnsName"):
            guard let name = value.scalar else { return }
            let variable = addSharing(
                TerraformVariable(
                    name: TerraformResource.label(place.resource.name) + "_dns_name",
                    type: "string",
                    description: "The domain of the zone \(place.resource.name), with its final dot",
                    value: .text(name)
                )
            )
            body["dns_name"] = .variable(variable)
        case (.recordSet, "name"): fillRecordName(&body, place.resource)
        case (.recordSet, "rrdatas"):
            body["rrdatas"] = .list(value.elements.compactMap(\.scalar).map { reservedAddress($0) ?? .text($0) })
        case (.recordSet, "zone"): break
        default: unknownFields["\(place.resource.kind.noun): \(place.path)", default: 0] += 1
        }
    }

    private func fillRecordName(_ body: inout HCLBody, _ record: CloudResource) {
        guard let name = record.value["name"]?.scalar else { return }
        guard let zone = cloud.zone(ofRecord: record), let domain = zone.value["dnsName"]?.scalar else {
            body["name"] = .text(name)
            return
        }
        let prefix = HCLWriter.escaped(String(name.dropLast(domain.count)))
        body["name"] = .reference(HCLReference(target: zone.target, attribute: "dns_name", prefix: prefix))
        body["managed_zone"] = .reference(HCLReference(target: zone.target, attribute: "name"))
    }

    // MARK: - Groups

    mutating func fillManager(_ body: inout HCLBody, _ value: JSONValue, _ place: Place) {
        switch place.path {
        case "instanceTemplate":
            // `versions` contains the same template, and more.
            if place.object["versions"] == nil { body.blocks.append(version(value.scalar, name: nil, size: nil)) }
        case "versions":
            for version in value.elements {
                let size = version["targetSize"]?["fixed"]?.number
                let isOnly = value.elements.count == 1
                body.blocks.append(
                    self.version(
                        version["instanceTemplate"]?.scalar,
                        name: isOnly ? nil : version["name"]?.scalar,
                        size: isOnly ? nil : size
                    )
                )
            }
        case "updatePolicy":
            guard let type = value["type"]?.scalar, type != "OPPORTUNISTIC" else { return }
            var policy = HCLBody()
            policy["type"] = .text(type)
            policy["minimal_action"] = .text(value["minimalAction"]?.scalar ?? "REPLACE")
            for (field, argument) in [("maxSurge", "max_surge_fixed"), ("maxUnavailable", "max_unavailable_fixed")] {
                if let count = value[field]?["fixed"]?.number { policy[argument] = .raw(String(count)) }
            }
            body.blocks.append(HCLBody.Block(name: "update_policy", body: policy))
        default:
            if !value.isEmpty { unknownFields["\(place.kind.noun): \(place.path)", default: 0] += 1 }
        }
    }

    private func version(_ template: String?, name: String?, size: Int?) -> HCLBody.Block {
        var body = HCLBody()
        if let name, !name.isEmpty { body["name"] = .text(name) }
        if let template {
            body["instance_template"] =
                reference(.instanceTemplate, template, "id") ?? .text(CloudResource.lastComponent(of: template))
        }
        if let size { body.blocks.append(HCLBody.Block(name: "target_size", body: HCLBody(fixed: size))) }
        return HCLBody.Block(name: "version", body: body)
    }

    // MARK: - The project

    mutating func fillProject(_ body: inout HCLBody, _ resource: CloudResource) {
        let entries = metadataEntries(resource)
        body["metadata"] = .map(entries)
    }

    // MARK: - Who may connect

    /// Replaces personal address ranges in firewall rules with variables, because other users of the templates have
    /// different ranges.
    mutating func nameOwnRanges() {
        for index in resources.indices where resources[index].type == "google_compute_firewall" {
            guard case .list(let ranges)? = resources[index].body["source_ranges"],
                ranges.contains(where: { if case .text(let text) = $0 { Self.isOwnRange(text) } else { false } })
            else { continue }
            let name = addSharing(
                TerraformVariable(
                    name: TerraformResource.label(resources[index].name) + "_source_ranges",
                    type: "list(string)",
                    description: "Who may connect by the rule \(resources[index].name)",
                    value: .list(ranges)
                )
            )
            resources[index].body["source_ranges"] = .variable(name)
        }
    }

    /// Whether a range is personal: not one that includes everyone, not private, and not one of Google's own services.
    ///
    /// Source for Google's: https://cloud.google.com/vpc/docs/firewalls and
    /// https://cloud.google.com/iap/docs/using-tcp-forwarding.
    static func isOwnRange(_ range: String) -> Bool {
        let everybodys: Set = [
            "0.0.0.0/0", "::/0", "35.235.240.0/20", "130.211.0.0/22", "35.191.0.0/16", "35.199.192.0/19",
        ]
        if everybodys.contains(range) { return false }
        let parts = range.split(whereSeparator: { $0 == "." || $0 == "/" }).compactMap { Int($0) }
        guard range.contains("."), parts.count >= 4 else {
            let lower = range.lowercased()
            return !(lower.hasPrefix("fc") || lower.hasPrefix("fd") || lower.hasPrefix("fe80"))
        }
        return
            !(parts[0] == 10 || parts[0] == 127 || (parts[0] == 192 && parts[1] == 168)
            || (parts[0] == 172 && (16...31).contains(parts[1])) || (parts[0] == 169 && parts[1] == 254)
            || (parts[0] == 100 && (64...127).contains(parts[1])))
    }
}

extension HCLBody {
    fileprivate init(fixed size: Int) {
        self.init()
        self["fixed"] = .raw(String(size))
    }
}
