internal import Documents

/// Advice for the owner of a Google Cloud deployment.
enum CloudAdvice {
    /// Returns the features that Google has retired, with their successors.
    static func retired(_ inventory: CloudInventory, modernizes: Bool) -> [String] {
        guard !modernizes else { return [] }
        var sentences: [String] = []
        let machines =
            inventory.all(.instance).map(\.value)
            + inventory.all(.instanceTemplate).compactMap { $0.value["properties"] }
        let small = machines.filter { CloudResource.lastComponent(of: $0["machineType"]?.scalar ?? "") == "f1-micro" }
        if !small.isEmpty {
            sentences.append(
                "e2-micro has replaced f1-micro, also in the free tier"
            )
        }
        let preemptible = machines.filter {
            $0["scheduling"]?["preemptible"]?.isTrue == true && $0["scheduling"]?["provisioningModel"]?.scalar != "SPOT"
        }
        if !preemptible.isEmpty {
            sentences.append(
                "preemptible machines stop after 24 hours; Spot machines cost the same and do not"
            )
        }
        let declared = inventory.resources.filter { resource in
            resource.metadata.contains { $0.key == "gce-container-declaration" }
        }
        if !declared.isEmpty {
            sentences.append(
                "the start-up agent that reads gce-container-declaration is deprecated; cloud-init replaces it"
            )
        }
        return sentences
    }

    /// Returns a remark on the actual projects of the resources if none belongs to the named project: saved answers may
    /// come from another one.
    static func otherProjects(than project: String?, in inventory: CloudInventory) -> [String] {
        let projects = Set(inventory.resources.compactMap(\.project)).sorted { $0.precedes($1) }
        guard let project, !projects.isEmpty, !projects.contains(project) else { return [] }
        return ["none of this belongs to project \(project); it belongs to \(projects.joined(separator: ", "))"]
    }

    /// Returns the resources that were found but are left to Google or to another definition.
    static func leftOut(_ inventory: CloudInventory) -> [CollectionRecord.LeftOut] {
        let made = inventory.all(.instance).filter { $0.managingGroup != nil }
        let rules = inventory.all(.firewall).filter(\.isPrepopulated)
        let managed = inventory.managedGroups
        let groups = inventory.all(.instanceGroup).filter {
            $0.isUnmanagedGroup(besides: managed) && $0.value["size"]?.number ?? 0 > 0 && $0.groupMembers == nil
        }
        return groups.map {
            CollectionRecord.LeftOut(
                path: "the \($0.value["size"]?.number ?? 0) machines of instance group \($0.name)",
                reason:
                    "no list names them: save the output of 'gcloud compute instance-groups unmanaged list-instances', or put "
                    + "them under 'instances'"
            )
        } + made.map { CollectionRecord.LeftOut(path: "instance \($0.name)", reason: "its managed group makes it") }
            + rules.map {
                CollectionRecord.LeftOut(path: "firewall rule \($0.name)", reason: "it comes with the network")
            }
    }
}
