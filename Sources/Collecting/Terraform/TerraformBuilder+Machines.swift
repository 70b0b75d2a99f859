internal import Documents

extension TerraformBuilder {
    /// Writes a field that needs more than its line in the table.
    mutating func fillByProgram(_ body: inout HCLBody, _ value: JSONValue, _ place: Place) {
        switch (place.kind, place.path) {
        case (_, "zone") where place.kind != .recordSet: fillPlace(&body, "zone", value, common: cloud.zone)
        case (_, "region"): fillPlace(&body, "region", value, common: cloud.region)
        case (.instance, "tags"):
            let tags = value["items"]?.elements.compactMap(\.scalar) ?? []
            if !tags.isEmpty { body["tags"] = .list(tags.map { .text($0) }) }
        case (.instance, "disks"): fillDisks(&body, value.elements, of: place.resource)
        case (.instance, "metadata"): fillMetadata(&body, place.resource)
        case (.instance, "networkInterfaces.subnetwork"): fillSubnetwork(&body, value, place.object)
        case (.instance, "networkInterfaces.networkIP"):
            guard let address = value.scalar else { return }
            if let reserved = reservedAddress(address) {
                body["network_ip"] = reserved
            } else if cloud.isNamed(address) {
                // Google chose the address, but another file of this deployment contains it.
                body["network_ip"] = .text(address)
            }
        case (.instance, "networkInterfaces.accessConfigs.natIP"):
            if let address = value.scalar.flatMap(reservedAddress) { body["nat_ip"] = address }
        case (.instance, "scheduling.onHostMaintenance"):
            let usual = place.object["preemptible"]?.isTrue == true ? "TERMINATE" : "MIGRATE"
            if let action = value.scalar, action != usual { body["on_host_maintenance"] = .text(action) }
        case (.instance, "serviceAccounts.email"): fillServiceAccount(&body, value)
        case (.instance, "resourcePolicies"), (.disk, "resourcePolicies"):
            let policies = value.elements.compactMap(\.scalar).map {
                HCLExpression.text(CloudResource.lastComponent(of: $0))
            }
            if !policies.isEmpty { body["resource_policies"] = .list(policies) }
        case (.instanceTemplate, "properties"): fillTemplate(&body, value, place.resource)
        case (.disk, "sourceImage"):
            if let image = value.scalar { body["image"] = .text(Self.image(image)) }
        case (.instanceGroup, "instances"):
            let machines = place.resource.groupMembers ?? []
            body["instances"] = .list(
                machines.map { reference(.instance, $0, "self_link") ?? .text(CloudResource.path(of: $0)) }
            )
        case (.instanceGroupManager, _): fillManager(&body, value, place)
        default: fillNetworkField(&body, value, place)
        }
    }

    private func fillPlace(_ body: inout HCLBody, _ name: String, _ value: JSONValue, common: String?) {
        guard let place = value.scalar.map(CloudResource.lastComponent(of:)) else { return }
        body[name] = place == common ? .variable(name) : .text(place)
    }

    // MARK: - Machines

    private mutating func fillTemplate(_ body: inout HCLBody, _ properties: JSONValue, _ resource: CloudResource) {
        fill(&body, with: properties, of: .instance, under: "", in: resource)
    }

    private func fillSubnetwork(_ body: inout HCLBody, _ value: JSONValue, _ interface: JSONValue) {
        guard let link = value.scalar else { return }
        if cloud.makesItsSubnetworks(interface["network"]?.scalar ?? "") { return }
        body["subnetwork"] = reference(to: link, kind: "subnetwork")
        // The subnetwork determines the network.
        body["network"] = nil
    }

    private func fillServiceAccount(_ body: inout HCLBody, _ value: JSONValue) {
        // Without an address, a machine has the project's default service account.
        guard let email = value.scalar, !email.hasSuffix("-compute@developer.gserviceaccount.com") else { return }
        body["email"] = ownText(email)
    }

    /// Converts the disks of a machine to the blocks of a machine or a template.
    private mutating func fillDisks(_ body: inout HCLBody, _ disks: [JSONValue], of resource: CloudResource) {
        for disk in disks {
            var block = HCLBody()
            if disk["autoDelete"]?.isTrue == false { block["auto_delete"] = .raw("false") }
            if let name = disk["deviceName"]?.scalar, !name.hasPrefix("persistent-disk-"), name != resource.name {
                block["device_name"] = .text(name)
            }
            if let mode = disk["mode"]?.scalar, mode != "READ_WRITE" { block["mode"] = .text(mode) }
            if resource.kind == .instanceTemplate {
                fillTemplateDisk(&block, disk)
                body.blocks.append(HCLBody.Block(name: "disk", body: block))
            } else if disk["type"]?.scalar == "SCRATCH" {
                body.blocks.append(
                    HCLBody.Block(name: "scratch_disk", body: HCLBody(arguments: Self.interface(disk)))
                )
            } else if disk["boot"]?.isTrue == true {
                let parameters = bootParameters(disk, of: resource)
                block.blocks.append(HCLBody.Block(name: "initialize_params", body: parameters))
                body.blocks.append(HCLBody.Block(name: "boot_disk", body: block))
            } else if let source = disk["source"]?.scalar {
                block["auto_delete"] = nil
                var attached = HCLBody()
                attached["source"] =
                    reference(.disk, source, "id") ?? .text(CloudResource.lastComponent(of: source))
                attached.arguments += block.arguments
                body.blocks.append(HCLBody.Block(name: "attached_disk", body: attached))
            }
        }
    }

    private static func interface(_ disk: JSONValue) -> [HCLBody.Argument] {
        [HCLBody.Argument(name: "interface", value: .text(disk["interface"]?.scalar ?? "SCSI"))]
    }

    private mutating func bootParameters(_ disk: JSONValue, of resource: CloudResource) -> HCLBody {
        var parameters = HCLBody()
        let source = disk["source"]?.scalar.flatMap(cloud.disk)
        if let image = cloud.image(of: disk) {
            parameters["image"] = .text(Self.image(image))
        } else {
            let name = TerraformVariable.imageName(of: resource)
            add(
                TerraformVariable(
                    name: name,
                    type: "string",
                    description:
                        "The image of the boot disk of \(resource.name), which nothing that was collected names",
                    value: .text("debian-cloud/debian-12")
                )
            )
            remarks.append("\(resource.name): nothing says which image its disk was made from; set \(name)")
            parameters["image"] = .variable(name)
        }
        if let size = (disk["diskSizeGb"] ?? source?.value["sizeGb"])?.number {
            parameters["size"] = .raw(String(size))
        }
        if let type = (disk["initializeParams"]?["diskType"] ?? source?.value["type"])?.scalar {
            let name = CloudResource.lastComponent(of: type)
            if name != "pd-standard" { parameters["type"] = .text(name) }
        }
        return parameters
    }

    private func fillTemplateDisk(_ block: inout HCLBody, _ disk: JSONValue) {
        let parameters = disk["initializeParams"]
        if let image = parameters?["sourceImage"]?.scalar { block["source_image"] = .text(Self.image(image)) }
        if disk["boot"]?.isTrue != true { block["boot"] = .raw("false") }
        if let size = (parameters?["diskSizeGb"] ?? disk["diskSizeGb"])?.number {
            block["disk_size_gb"] = .raw(String(size))
        }
        if let type = parameters?["diskType"]?.scalar {
            let name = CloudResource.lastComponent(of: type)
            if name != "pd-standard" { block["disk_type"] = .text(name) }
        }
        if disk["type"]?.scalar == "SCRATCH" {
            block["type"] = .text("SCRATCH")
            block.arguments += Self.interface(disk)
        }
    }

    /// Returns an image as `PROJECT/NAME`, where the name is that of an image or of a family, which stands for its
    /// newest image.
    static func image(_ link: String) -> String {
        let parts = CloudResource.path(of: link).split(separator: "/")
        guard parts.count >= 4, parts[0] == "projects", let name = parts.last else { return link }
        return "\(parts[1])/\(name)"
    }

    // MARK: - Metadata

    private mutating func fillMetadata(_ body: inout HCLBody, _ resource: CloudResource) {
        let entries = metadataEntries(resource)
        if !entries.isEmpty { body["metadata"] = .map(entries) }
    }

    mutating func metadataEntries(_ resource: CloudResource) -> [HCLEntry] {
        var metadata = resource.metadata
        if modernizes { modernize(&metadata, of: resource) }
        return metadata.compactMap { key, value in
            if key == "ssh-keys" || key == "sshKeys" { return sshKeys(key, value) }
            if let document = CloudDocument(key: key, content: value) {
                return HCLEntry(name: key, value: .document(document))
            }
            return HCLEntry(name: key, value: ownText(value))
        }
    }

    /// Returns the SSH keys of a machine as a variable, without the keys that Google's console adds for a short time;
    /// nil if there are none.
    private mutating func sshKeys(_ key: String, _ value: String) -> HCLEntry? {
        let lines = value.split(separator: "\n").map(String.init)
        let own = lines.filter { !($0.contains(" google-ssh {") && $0.contains("\"expireOn\"")) }
        guard !own.isEmpty else { return nil }
        let name = addSharing(
            TerraformVariable(
                name: "ssh_keys",
                type: "list(string)",
                description: "The keys that open the machines, each as USER:KEY",
                value: .list(own.map { .text($0) })
            )
        )
        return HCLEntry(name: key, value: .lines(name))
    }

    private mutating func modernize(_ metadata: inout [(key: String, value: String)], of resource: CloudResource) {
        guard let index = metadata.firstIndex(where: { $0.key == "gce-container-declaration" }) else { return }
        guard !metadata.contains(where: { $0.key == "user-data" }) else {
            remarks.append("\(resource.name): it has a cloud-init already, so its container declaration stays")
            return
        }
        do throws(KonletError) {
            let text = try ContainerDeclaration(metadata[index].value).cloudInit()
            metadata[index] = ("user-data", text)
        } catch {
            remarks.append("\(resource.name): its container declaration stays: \(error.message)")
        }
    }

    // MARK: - Variables

    /// Adds a variable, once.
    mutating func add(_ variable: TerraformVariable) {
        if !variables.contains(where: { $0.name == variable.name }) { variables.append(variable) }
    }

    /// Adds a variable, or finds one with the same name and value; if the value differs, it gets another name.
    mutating func addSharing(_ variable: TerraformVariable) -> String {
        var variable = variable
        let name = variable.name
        var number = 1
        while let known = variables.first(where: { $0.name == variable.name }) {
            if known.value == variable.value { return known.name }
            number += 1
            variable.name = "\(name)_\(number)"
        }
        variables.append(variable)
        return variable.name
    }
}
