@testable import Collecting
import Documents
import TestKit

/// Answers of Google's API, made for tests.
enum CloudSamples {
    static let project = "wren-meet-1"
    private static let base = "https://www.googleapis.com/compute/v1/projects/wren-meet-1"

    static func instance(
        _ name: String,
        type: String = "e2-micro",
        address: String? = nil,
        isPreemptible: Bool = false,
        tags: [String] = ["bridge"],
        metadata: [(String, String)] = [],
        region: String = "us-central1"
    ) -> JSONValue {
        let access: JSONValue =
            address.map {
                [
                    [
                        "kind": "compute#accessConfig", "name": "External NAT", "natIP": .string($0),
                        "networkTier": "PREMIUM", "type": "ONE_TO_ONE_NAT",
                    ]
                ]
            } ?? []
        return [
            "kind": "compute#instance", "id": "1", "name": .string(name), "canIpForward": false,
            "deletionProtection": false,
            "selfLink": .string("\(base)/zones/\(region)-a/instances/\(name)"),
            "zone": .string("\(base)/zones/\(region)-a"),
            "machineType": .string("\(base)/zones/\(region)-a/machineTypes/\(type)"), "status": "RUNNING",
            "tags": ["fingerprint": "x", "items": .array(tags.map { .string($0) })],
            "disks": [
                [
                    "boot": true, "autoDelete": true, "deviceName": "persistent-disk-0", "diskSizeGb": "10",
                    "mode": "READ_WRITE",
                    "type": "PERSISTENT", "kind": "compute#attachedDisk",
                    "licenses": ["https://www.googleapis.com/compute/v1/projects/cos-cloud/global/licenses/cos"],
                    "source": .string("\(base)/zones/\(region)-a/disks/\(name)"),
                ]
            ],
            "networkInterfaces": [
                [
                    "name": "nic0", "kind": "compute#networkInterface",
                    "network": .string("\(base)/global/networks/default"),
                    "subnetwork": .string("\(base)/regions/\(region)/subnetworks/default"), "networkIP": "10.128.0.9",
                    "stackType": "IPV4_ONLY", "accessConfigs": access,
                ]
            ],
            "scheduling": [
                "automaticRestart": .bool(!isPreemptible),
                "onHostMaintenance": .string(isPreemptible ? "TERMINATE" : "MIGRATE"),
                "preemptible": .bool(isPreemptible), "provisioningModel": "STANDARD",
            ],
            "metadata": [
                "kind": "compute#metadata",
                "items": .array(metadata.map { ["key": .string($0.0), "value": .string($0.1)] }),
            ],
        ]
    }

    static func firewall(_ name: String, ports: [String], sources: [String], priority: Int = 1000) -> JSONValue {
        [
            "kind": "compute#firewall", "id": "2", "name": .string(name), "description": "", "direction": "INGRESS",
            "disabled": false,
            "selfLink": .string("\(base)/global/firewalls/\(name)"),
            "network": .string("\(base)/global/networks/default"),
            "priority": .integer(priority), "logConfig": ["enable": false],
            "allowed": [["IPProtocol": "tcp", "ports": .array(ports.map { .string($0) })]],
            "sourceRanges": .array(sources.map { .string($0) }),
        ]
    }

    static func address(_ name: String, _ address: String) -> JSONValue {
        [
            "kind": "compute#address", "name": .string(name), "address": .string(address), "addressType": "EXTERNAL",
            "networkTier": "PREMIUM", "ipVersion": "IPV4", "status": "IN_USE", "description": "",
            "region": .string("\(base)/regions/us-central1"),
            "selfLink": .string("\(base)/regions/us-central1/addresses/\(name)"),
        ]
    }

    /// The resources as one saved file.
    static func inventory(_ resources: [JSONValue]) -> CloudInventory {
        var inventory = CloudInventory()
        inventory.add(JSONValue.array(resources).serialized(), from: "answers.json")
        inventory.sort()
        return inventory
    }

    /// What a deployment's files hold, by their paths.
    static func files(of collection: CloudCollection) -> [String: String] {
        Dictionary(uniqueKeysWithValues: collection.parts.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
    }
}
