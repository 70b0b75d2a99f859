internal import Documents

/// The machines that the API lists as members of a group; the group itself does not list them.
struct CloudGroupMembers: Sendable {
    /// The path of the group; nil if the list does not name it, as in the output of `gcloud … list-instances`.
    var group: String?
    /// The links of the machines.
    let instances: [String]
    /// The file or the command that the list comes from.
    let origin: String

    /// Reads a list of members; nil if the value is not such a list.
    ///
    /// Source: https://cloud.google.com/compute/docs/reference/rest/v1/instanceGroups/listInstances.
    init?(_ value: JSONValue, from origin: String) {
        let isAnswer = value["kind"]?.scalar == "compute#instanceGroupsListInstances"
        let members = isAnswer ? value["items"]?.elements ?? [] : value.elements
        let links = members.compactMap { $0["instance"]?.scalar }.filter { $0.contains("/instances/") }
        guard links.count == members.count, isAnswer || !members.isEmpty,
            members.allSatisfy({ $0["kind"] == nil && $0["name"] == nil })
        else { return nil }
        instances = links
        self.origin = origin
        let id = (value["selfLink"] ?? value["id"])?.scalar.map(CloudResource.path(of:))
        group = id.flatMap { $0.hasSuffix("/listInstances") ? String($0.dropLast("/listInstances".count)) : nil }
    }

    /// The zone of the machines; nil if it is unknown.
    private var zone: String? {
        let parts = instances.first.map { CloudResource.path(of: $0).split(separator: "/") } ?? []
        return parts.firstIndex(of: "zones").flatMap { parts.indices.contains($0 + 1) ? String(parts[$0 + 1]) : nil }
    }

    /// Returns the group of these members: the one that the list names, or else the only one in their zone with the
    /// same number of machines; nil if neither exists.
    func owner(among groups: [CloudResource]) -> CloudResource? {
        if let group { return groups.first { $0.path == group } }
        let fitting = groups.filter { $0.zone == zone && $0.value["size"]?.number == instances.count }
        return fitting.count == 1 ? fitting.first : nil
    }
}

extension CloudResource {
    /// Returns the group with its members in the field `instances`.
    func with(_ members: CloudGroupMembers) -> CloudResource {
        guard case .object(let fields) = value else { return self }
        let links = members.instances.map { JSONValue.string($0) }
        return CloudResource(self, value: .object(fields + [JSONValue.Member("instances", .array(links))]))
    }

    /// The links of a group's machines; nil if no list names them.
    var groupMembers: [String]? { value["instances"]?.elements.compactMap(\.scalar) }
}
