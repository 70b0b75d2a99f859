/// A resource as it will stand in a Terraform file.
struct TerraformResource: Sendable {
    /// The resource's kind and path, by which others refer to it.
    var target: String
    /// The type, such as `google_compute_instance`.
    var type: String
    /// Its own name.
    var name: String
    /// The file that it stands in.
    var file: String
    var body: HCLBody

    /// The arguments that may differ between resources of one definition, by type.
    static let individual: [String: Set<String>] = [
        "google_compute_instance": [
            "name", "zone", "hostname", "description", "network_ip", "nat_ip", "public_ptr_domain_name", "labels",
        ],
        "google_compute_firewall": [
            "name", "description", "ports", "source_ranges", "destination_ranges", "source_tags", "target_tags",
            "priority",
        ],
        "google_compute_address": ["name", "description", "address", "region", "labels"],
        "google_compute_disk": ["name", "zone", "description", "size", "labels"],
        "google_dns_record_set": ["name", "ttl", "rrdatas"],
    ]

    /// How many resources that are alike become one definition: two machines, but eight of what takes a few lines.
    static func groupSize(of type: String) -> Int { type == "google_compute_instance" ? 2 : 8 }

    /// A name as the label of a resource: lower case, with underscores.
    static func label(_ name: String) -> String {
        let label = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        guard let first = label.first else { return "unnamed" }
        return first.isNumber ? "n" + label : label
    }
}

/// A variable of the templates: what differs from owner to owner.
struct TerraformVariable: Hashable, Sendable {
    var name: String
    var type: String
    var description: String
    /// The owner's value, for `terraform.tfvars`.
    var value: HCLExpression
    var isSensitive = false

    /// The name of the variable of an image that nothing names.
    static func imageName(of resource: CloudResource) -> String { TerraformResource.label(resource.name) + "_image" }
}

extension TerraformBuilder {
    /// The variables of the places that most of it lies in: project, region and zone.
    var settings: [TerraformVariable] {
        [("project", cloud.project), ("region", cloud.region), ("zone", cloud.zone)].compactMap { name, value in
            guard let value else { return nil }
            return TerraformVariable(
                name: name,
                type: "string",
                description: "The \(name) of Google Cloud that it runs in",
                value: .text(value)
            )
        }
    }
}
