internal import Documents

/// The kind of a Google Cloud resource.
package enum CloudKind: String, Hashable, Sendable, CaseIterable {
    case address, disk, firewall, instance, instanceGroup, instanceGroupManager, instanceTemplate, network, subnetwork
    case managedZone, recordSet
    case project
    /// A Deployment Manager deployment and its source.
    case deployment, manifest

    /// Determines the kind of a resource in an API answer; nil if the kind is not supported.
    ///
    /// Compute and DNS resources name their kind; Deployment Manager's are recognised by members that no other resource
    /// has.
    init?(of value: JSONValue) {
        if case .string(let name)? = value["kind"], let known = Self.named[name] {
            self = known
        } else if value["expandedConfig"] != nil || (value["layout"] != nil && value["config"] != nil) {
            self = .manifest
        } else if case .string(let link)? = value["selfLink"], link.contains("/deploymentmanager/") {
            self = .deployment
        } else {
            return nil
        }
    }

    private static let named: [String: CloudKind] = [
        "compute#address": .address, "compute#disk": .disk, "compute#firewall": .firewall,
        "compute#instance": .instance,
        "compute#instanceGroup": .instanceGroup, "compute#instanceGroupManager": .instanceGroupManager,
        "compute#instanceTemplate": .instanceTemplate, "compute#network": .network, "compute#subnetwork": .subnetwork,
        "compute#project": .project, "dns#managedZone": .managedZone, "dns#resourceRecordSet": .recordSet,
    ]

    /// The noun for one resource of this kind.
    package var noun: String {
        switch self {
        case .firewall: "firewall rule"
        case .instanceGroup: "instance group"
        case .instanceGroupManager: "managed instance group"
        case .instanceTemplate: "instance template"
        case .managedZone: "DNS zone"
        case .recordSet: "DNS record set"
        case .project: "project"
        case .manifest: "manifest"
        case .address, .disk, .instance, .network, .subnetwork, .deployment: rawValue
        }
    }

    /// The noun for several resources of this kind.
    package var nouns: String { self == .address ? "addresses" : noun + "s" }
}
