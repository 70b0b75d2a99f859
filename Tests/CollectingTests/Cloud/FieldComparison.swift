@testable import Collecting
import Documents

/// Compares what the API says of a resource with what a template makes of it, field by field: whatever no table calls
/// output-only or a default must be there, and nothing else.
struct FieldComparison {
    enum Language { case deploymentManager, terraform }

    let cloud: CloudSelection
    let language: Language
    private let fields = CloudFields.compiledIn

    init(_ cloud: CloudSelection, _ language: Language) {
        self.cloud = cloud
        self.language = language
    }

    /// What is not the same, one line each.
    func differences(_ resource: CloudResource, _ made: JSONValue) -> [String] {
        differences(resource.value, made, resource, under: "")
    }

    private func differences(
        _ object: JSONValue,
        _ made: JSONValue,
        _ resource: CloudResource,
        under prefix: String,
        as kind: CloudKind? = nil
    ) -> [String] {
        let kind = kind ?? resource.kind
        var result: [String] = []
        var seen: Set<String> = []
        for member in object.members {
            let path = prefix + member.name
            let label = "\(resource.name): \(path)"
            guard let field = fields[kind, path] else {
                if !member.value.isEmpty { result.append("\(label) is in no line of the table") }
                continue
            }
            let name = language == .terraform && !field.argument.isEmpty ? field.argument : member.name
            seen.insert(name)
            let own = made[name]
            switch field.treatment {
            case .output: continue
            case .program:
                let special = special(path, member.value, object, made, resource, kind: kind)
                seen.formUnion(special.names)
                if !special.isSame { result.append("\(label) is not the same") }
            case .block, .blockAlways:
                let objects = member.value.members.isEmpty ? member.value.elements : [member.value]
                let inner = (own?.elements ?? []).isEmpty ? own.map { [$0] } ?? [] : own?.elements ?? []
                // A block of defaults alone is not written.
                var index = 0
                for object in objects {
                    let without = differences(object, .object([]), resource, under: path + ".", as: kind)
                    if without.isEmpty && (field.treatment == .block || inner.isEmpty) && index >= inner.count {
                        continue
                    }
                    let with = index < inner.count ? inner[index] : .object([])
                    result += differences(object, with, resource, under: path + ".", as: kind)
                    index += 1
                }
                if index < inner.count && !inner.dropFirst(index).allSatisfy(\.isEmpty) {
                    result.append("\(label) has more in the template")
                }
            default:
                if field.isStandard(member.value) && own == nil { continue }
                // A subnetwork says which network it is in.
                if path == "networkInterfaces.network" && own == nil && made["subnetwork"] != nil { continue }
                guard let own else {
                    result.append("\(label) is lost")
                    continue
                }
                if !isSame(withoutGoogles(member.value, field), own) { result.append("\(label) is not the same") }
            }
        }
        let known: Set = ["name", "metadata", "zone", "region", "project"]
        for member in made.members where !seen.contains(member.name) && !known.contains(member.name) {
            result.append("\(resource.name): \(prefix)\(member.name) is nothing that the API said")
        }
        return result
    }

    private func withoutGoogles(_ value: JSONValue, _ field: CloudFields.Field) -> JSONValue {
        guard field.treatment == .map else { return value }
        return .object(value.members.filter { !$0.name.hasPrefix("goog-") })
    }

    /// Whether two values say the same: links by what they lead to, numbers by their digits, objects in any order.
    private func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
        switch (left, right) {
        case (.array(let first), .array(let second)):
            return first.count == second.count && zip(first, second).allSatisfy { isSame($0, $1) }
        case (.object(let first), .object(let second)):
            return first.count == second.count
                && first.allSatisfy { member in right[member.name].map { isSame(member.value, $0) } ?? false }
        default:
            guard let first = left.scalar.map(plain), let second = right.scalar.map(plain) else { return false }
            if first == second { return true }
            guard language == .terraform, first.contains("/") else { return false }
            return CloudResource.lastComponent(of: first) == CloudResource.lastComponent(of: second)
        }
    }

    private func plain(_ text: String) -> String {
        let path = CloudResource.path(of: text)
        guard let project = cloud.project, path.hasPrefix("projects/\(project)/") else { return path }
        return String(path.dropFirst("projects/\(project)/".count))
    }

    // MARK: - Fields that take more than a line of the table

    /// Whether a field is kept, and under which names.
    private func special(
        _ path: String,
        _ value: JSONValue,
        _ object: JSONValue,
        _ made: JSONValue,
        _ resource: CloudResource,
        kind: CloudKind
    ) -> (isSame: Bool, names: [String]) {
        let isTerraform = language == .terraform
        func same(_ name: String) -> (Bool, [String]) { (made[name].map { isSame(value, $0) } ?? false, [name]) }
        /// What Google gives anew, or does by itself, need not be there.
        func optional(_ name: String) -> (Bool, [String]) { (made[name].map { isSame(value, $0) } ?? true, [name]) }
        switch (kind, path) {
        case (_, "zone") where kind == .recordSet: return (true, [])
        case (_, "zone"), (_, "region"):
            let name = CloudResource.lastComponent(of: value.scalar ?? "")
            return (made[path]?.scalar == name || kind == .subnetwork && made[path] == nil, [path])
        case (.instance, "tags"):
            let tags = isTerraform ? made["tags"] : made["tags"]?["items"]
            return ((tags?.elements ?? []) == (value["items"]?.elements ?? []), ["tags"])
        case (.instance, "metadata"): return (hasMetadata(value, made["metadata"]), ["metadata"])
        case (.instance, "disks"):
            let names = isTerraform ? ["boot_disk", "attached_disk", "scratch_disk", "disk"] : ["disks"]
            return (isTerraform ? hasDisksOfTerraform(value, made) : hasDisks(value, made["disks"], resource), names)
        case (.instance, "networkInterfaces.subnetwork"):
            return optional("subnetwork")
        case (.instance, "networkInterfaces.networkIP"): return optional(isTerraform ? "network_ip" : "networkIP")
        case (.instance, "networkInterfaces.accessConfigs.natIP"):
            let name = isTerraform ? "nat_ip" : "natIP"
            return cloud.reservedAddress(value.scalar ?? "") == nil ? (made[name] == nil, [name]) : same(name)
        case (.instance, "scheduling.onHostMaintenance"):
            let usual = object["preemptible"]?.isTrue == true ? "TERMINATE" : "MIGRATE"
            let name = isTerraform ? "on_host_maintenance" : "onHostMaintenance"
            return value.scalar == usual ? (made[name] == nil, [name]) : same(name)
        case (.instance, "serviceAccounts.email"):
            let isUsual = value.scalar?.hasSuffix("-compute@developer.gserviceaccount.com") ?? true
            guard isUsual else { return same("email") }
            return (made["email"] == (isTerraform ? nil : "default"), ["email"])
        case (.instanceTemplate, "properties"):
            let inner = isTerraform ? made : made["properties"] ?? .null
            let differences = differences(value, inner, resource, under: "", as: .instance)
                .filter { !(isTerraform && $0.hasSuffix("nothing that the API said")) }
            return (differences.isEmpty, ["properties"] + inner.members.map(\.name))
        case (.instanceGroup, "instances"):
            // Deployment Manager has a call of the API for them, which another test looks at.
            return isTerraform ? same("instances") : (made["instances"] == nil, [])
        case (.instanceGroupManager, "instanceTemplate"):
            let template =
                isTerraform ? made["version"]?.elements.first?["instance_template"] : made["instanceTemplate"]
            return (template.map { isSame(value, $0) } ?? false, ["instanceTemplate", "version"])
        case (.instanceGroupManager, "versions"): return (true, ["version"])
        case (.address, "address"):
            return resource.value["addressType"] == "INTERNAL" ? same("address") : (made["address"] == nil, ["address"])
        case (.managedZone, "dnsName"): return same(isTerraform ? "dns_name" : "dnsName")
        case (.recordSet, "name"): return (made["name"] == value, ["name", "managed_zone"])
        case (.recordSet, "rrdatas"): return same("rrdatas")
        case (.disk, "sourceImage"):
            let name = isTerraform ? "image" : "sourceImage"
            let image = isTerraform ? TerraformBuilder.image(value.scalar ?? "") : value.scalar ?? ""
            return (made[name].map { isSame(.string(image), $0) } ?? false, [name])
        default: return (value.isEmpty || value == ["enable": false] || value == ["routingMode": "REGIONAL"], [])
        }
    }

    /// Every entry, byte for byte; of keys those that do not expire.
    private func hasMetadata(_ value: JSONValue, _ made: JSONValue?) -> Bool {
        var entries: [String: String] = [:]
        for item in value["items"]?.elements ?? [] {
            guard let key = item["key"]?.scalar, var text = item["value"]?.scalar else { return false }
            if key == "ssh-keys" {
                let lines = text.split(separator: "\n").filter { !$0.contains("\"expireOn\"") }
                text = lines.joined(separator: "\n")
            }
            entries[key] = text
        }
        var written: [String: String] = [:]
        if language == .terraform {
            for member in made?.members ?? [] { written[member.name] = member.value.scalar }
        } else {
            for item in made?["items"]?.elements ?? [] { written[item["key"]?.scalar ?? ""] = item["value"]?.scalar }
        }
        return entries == written
    }

    private func image(of disk: JSONValue) -> String {
        let image = cloud.image(of: disk) ?? ""
        return language == .terraform ? TerraformBuilder.image(image) : plain(DeploymentManagerBuilder.image(image))
    }

    private func hasDisks(_ value: JSONValue, _ made: JSONValue?, _ resource: CloudResource) -> Bool {
        let disks = value.elements
        guard let made = made?.elements, made.count == disks.count else { return false }
        return zip(disks, made).allSatisfy { disk, own in
            let isBoot = disk["boot"]?.isTrue == true
            let flags = ["boot", "autoDelete"].allSatisfy { (disk[$0]?.isTrue ?? false) == (own[$0]?.isTrue ?? false) }
            let isGiven = disk["deviceName"]?.scalar?.hasPrefix("persistent-disk-") ?? true
            let hasName = (isGiven ? nil : disk["deviceName"]) == own["deviceName"]
            guard isBoot || resource.kind == .instanceTemplate else {
                return flags && hasName
                    && (own["source"].map { isSame(disk["source"] ?? .null, $0) } ?? false)
            }
            let parameters = own["initializeParams"]
            let size = disk["initializeParams"]?["diskSizeGb"] ?? disk["diskSizeGb"]
            return flags && hasName && parameters?["diskSizeGb"]?.scalar == size?.scalar
                && parameters?["sourceImage"]?.scalar == image(of: disk)
        }
    }

    private func hasDisksOfTerraform(_ value: JSONValue, _ made: JSONValue) -> Bool {
        let boot = value.elements.first { $0["boot"]?.isTrue == true }
        let size = boot?["initializeParams"]?["diskSizeGb"] ?? boot?["diskSizeGb"]
        let attached = value.elements.filter { $0["boot"]?.isTrue != true }
        let others = made["attached_disk"]?.elements ?? []
        guard let boot, attached.count == others.count else { return false }
        let hasOthers = zip(attached, others).allSatisfy { disk, own in
            own["source"].map { isSame(disk["source"] ?? .null, $0) } ?? false
        }
        if let own = made["disk"]?.elements.first {
            return hasOthers && own["disk_size_gb"]?.scalar == size?.scalar
                && own["source_image"]?.scalar == image(of: boot)
        }
        let own = made["boot_disk"]?.elements.first
        let parameters = own?["initialize_params"]?.elements.first
        return hasOthers && parameters?["size"]?.scalar == size?.scalar
            && parameters?["image"]?.scalar == image(of: boot)
            && (boot["autoDelete"]?.isTrue == true) == (own?["auto_delete"] != false)
    }
}
