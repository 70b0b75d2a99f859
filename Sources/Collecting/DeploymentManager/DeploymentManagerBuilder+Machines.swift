internal import Documents

extension DeploymentManagerBuilder {
    /// Returns the entries for a field that needs more than its line in the table.
    func programEntries(_ member: JSONValue.Member, _ place: TerraformBuilder.Place) -> [PythonEntry] {
        guard let value = programValue(member.value, place) else { return [] }
        return [PythonEntry(member.name, value)]
    }

    private func programValue(_ value: JSONValue, _ place: TerraformBuilder.Place) -> PythonExpression? {
        switch (place.kind, place.path) {
        case (_, "zone"): return self.place(value, "zone", common: cloud.zone)
        case (_, "region"): return self.place(value, "region", common: cloud.region)
        case (.instance, "tags"):
            let tags = value["items"]?.elements ?? []
            return tags.isEmpty ? nil : .dictionary([PythonEntry("items", copy(.array(tags)))])
        case (.instance, "disks"): return .list(value.elements.map { disk($0, of: place.resource) })
        case (.instance, "metadata"):
            let entries = metadata(of: place.resource)
            return entries.isEmpty ? nil : .dictionary(entries)
        case (.instance, "networkInterfaces.subnetwork"):
            if cloud.makesItsSubnetworks(place.object["network"]?.scalar ?? "") { return nil }
            return value.scalar.map { reference("subnetwork", $0) }
        case (.instance, "networkInterfaces.networkIP"):
            guard let address = value.scalar else { return nil }
            return reserved(address) ?? (cloud.isNamed(address) ? .text(address) : nil)
        case (.instance, "networkInterfaces.accessConfigs.natIP"): return value.scalar.flatMap(reserved)
        case (.instance, "scheduling.onHostMaintenance"):
            let usual = place.object["preemptible"]?.isTrue == true ? "TERMINATE" : "MIGRATE"
            return value.scalar == usual ? nil : copy(value)
        case (.instance, "serviceAccounts.email"):
            let isUsual = value.scalar?.hasSuffix("-compute@developer.gserviceaccount.com") ?? true
            return isUsual ? .text("default") : copy(value)
        case (.instanceTemplate, "properties"):
            return .dictionary(entries(of: value, .instance, under: "", in: place.resource))
        case (.instanceGroupManager, _): return managerValue(value, place)
        default: return networkValue(value, place)
        }
    }

    private func reserved(_ address: String) -> PythonExpression? {
        cloud.reservedAddress(address).map { .reference(target: $0.target, attribute: "address") }
    }

    // MARK: - Disks

    private func disk(_ disk: JSONValue, of resource: CloudResource) -> PythonExpression {
        let isBoot = disk["boot"]?.isTrue == true
        let isTemplate = resource.kind == .instanceTemplate
        var entries: [PythonEntry] = []
        if isBoot { entries.append(PythonEntry("boot", .flag(true))) }
        for name in ["autoDelete", "deviceName", "mode", "interface", "type"] {
            guard let value = disk[name], !value.isEmpty, !Self.isUsual(name, value, in: disk) else { continue }
            entries.append(PythonEntry(name, copy(value)))
        }
        let isMade = isBoot || isTemplate || disk["type"]?.scalar == "SCRATCH"
        if !isMade, let source = disk["source"]?.scalar {
            entries.append(PythonEntry("source", reference("disk", source)))
        } else {
            let parameters = parameters(disk, of: resource)
            if !parameters.isEmpty { entries.append(PythonEntry("initializeParams", .dictionary(parameters))) }
        }
        return .dictionary(entries)
    }

    /// Whether a field of a disk has its default value.
    private static func isUsual(_ name: String, _ value: JSONValue, in disk: JSONValue) -> Bool {
        switch (name, value.scalar) {
        case ("autoDelete", "false"), ("mode", "READ_WRITE"), ("type", "PERSISTENT"), ("interface", "SCSI"): true
        case ("deviceName", let name?): name.hasPrefix("persistent-disk-")
        default: false
        }
    }

    private func parameters(_ disk: JSONValue, of resource: CloudResource) -> [PythonEntry] {
        let source = disk["source"]?.scalar.flatMap(cloud.disk)
        var entries: [PythonEntry] = []
        if disk["boot"]?.isTrue == true || disk["initializeParams"]?["sourceImage"] != nil {
            let image = cloud.image(of: disk).map { link(Self.image($0)) } ?? imageProperty(of: resource)
            if let image { entries.append(PythonEntry("sourceImage", image)) }
        }
        let size = disk["initializeParams"]?["diskSizeGb"] ?? disk["diskSizeGb"] ?? source?.value["sizeGb"]
        if let size = size?.number { entries.append(PythonEntry("diskSizeGb", .integer(size))) }
        if let type = (disk["initializeParams"]?["diskType"] ?? source?.value["type"])?.scalar,
            CloudResource.lastComponent(of: type) != "pd-standard"
        {
            entries.append(PythonEntry("diskType", link(type)))
        }
        return entries
    }

    /// Returns an image in the API's form; `PROJECT/FAMILY` becomes a link to the newest image of the family.
    static func image(_ name: String) -> String {
        let parts = name.split(separator: "/")
        return parts.count == 2 ? "projects/\(parts[0])/global/images/family/\(parts[1])" : name
    }

    // MARK: - Groups

    /// Adds machines to a group with an API call, because the group has no property for them.
    ///
    /// They are removed when the deployment is deleted.
    ///
    /// Source: https://cloud.google.com/compute/docs/reference/rest/v1/instanceGroups/addInstances.
    mutating func buildMembers(of group: CloudResource) {
        guard let machines = group.groupMembers, !machines.isEmpty, let zone = group.value["zone"],
            let place = place(zone, "zone", common: cloud.zone)
        else { return }
        let list = machines.map { link in
            PythonExpression.dictionary([PythonEntry("instance", reference("instance", link))])
        }
        resources.append(
            DeploymentManagerResource(
                target: "\(group.target) members",
                kind: .instanceGroup,
                name: "\(group.name)-members",
                making: .action("gcp-types/compute-v1:compute.instanceGroups.addInstances", policy: "CREATE"),
                properties: .dictionary([
                    PythonEntry("project", .name("project")),
                    PythonEntry("zone", place),
                    PythonEntry("instanceGroup", .reference(target: group.target, attribute: "name")),
                    PythonEntry("instances", .list(list)),
                ])
            )
        )
    }

    private func managerValue(_ value: JSONValue, _ place: TerraformBuilder.Place) -> PythonExpression? {
        switch place.path {
        case "instanceTemplate":
            // If there are several versions, `versions` contains the same template.
            if (place.object["versions"]?.elements.count ?? 0) > 1 { return nil }
            return value.scalar.map { reference("instanceTemplate", $0) }
        case "versions":
            if value.elements.count < 2 && place.object["instanceTemplate"] != nil { return nil }
            return .list(
                value.elements.map { version in
                    .dictionary(
                        version.members.map { member in
                            let isTemplate = member.name == "instanceTemplate"
                            let value =
                                isTemplate
                                ? reference("instanceTemplate", member.value.scalar ?? "") : copy(member.value)
                            return PythonEntry(member.name, value)
                        }
                    )
                }
            )
        case "updatePolicy":
            guard let type = value["type"]?.scalar, type != "OPPORTUNISTIC" else { return nil }
            return copy(value)
        default: return nil
        }
    }

    // MARK: - Networks

    private func networkValue(_ value: JSONValue, _ place: TerraformBuilder.Place) -> PythonExpression? {
        let isInternal = place.resource.value["addressType"]?.scalar == "INTERNAL"
        switch (place.kind, place.path) {
        case (.address, "address"): return isInternal ? copy(value) : nil
        case (.address, "purpose"): return isInternal && value.scalar != "GCE_ENDPOINT" ? copy(value) : nil
        case (.firewall, "logConfig"), (.subnetwork, "logConfig"):
            return value["enable"]?.isTrue == true ? copy(value) : nil
        case (.network, "routingConfig"):
            guard let mode = value["routingMode"]?.scalar, mode != "REGIONAL" else { return nil }
            return .dictionary([PythonEntry("routingMode", .text(mode))])
        case (.managedZone, "dnsName"): return variable("dns_name", of: place.resource) ?? copy(value)
        case (.disk, "sourceImage"), (.disk, "resourcePolicies"), (.instance, "resourcePolicies"): return copy(value)
        default: return nil
        }
    }
}
