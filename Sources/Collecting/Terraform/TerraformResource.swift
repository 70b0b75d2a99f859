/// A resource in a Terraform file.
struct TerraformResource: Sendable {
    /// The resource's kind and path, by which other resources refer to it.
    var target: String
    /// The type, such as `google_compute_instance`.
    var type: String
    /// Its own name.
    var name: String
    /// The file that contains it.
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

    /// Returns the number of similar resources that are needed to combine them: two machines, but eight of a type that
    /// takes few lines.
    static func groupSize(of type: String) -> Int { type == "google_compute_instance" ? 2 : 8 }

    /// Returns a name as the label of a resource: in lower case, with underscores.
    static func label(_ name: String) -> String {
        let label = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        guard let first = label.first else { return "unnamed" }
        return first.isNumber ? "n" + label : label
    }
}

extension TerraformBuilder {
    /// The variables for the most common project, region and zone.
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
