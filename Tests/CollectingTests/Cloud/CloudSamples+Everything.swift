@testable import Collecting
import Documents

extension CloudSamples {
    /// A project with something of every kind: a network of its own, a disk beside the machine, a managed group, a zone
    /// with records, names that occur twice, twenty rules and three machines that are alike.
    static func everything() throws -> CloudInventory {
        var inventory = CloudInventory()
        inventory.add(Array(others.utf8), from: "others.json")
        let machines = (1...3).map { number in
            instance(
                "bridge-\(number)",
                address: "198.51.100.\(number)",
                isPreemptible: true,
                metadata: [("startup-script", "#!/bin/sh\necho \(number)\n"), ("level", "info")]
            )
        }
        let addresses = (1...3).map { address("bridge-\($0)", "198.51.100.\($0)") }
        let rules = (1...20).map {
            firewall(
                "allow-\($0)",
                ports: ["\($0)", "\($0 + 100)"],
                sources: ["10.\($0).0.0/16"],
                priority: 900 + $0 % 2
            )
        }
        inventory.add(JSONValue.array(machines + addresses + rules).serialized(), from: "answers.json")
        let members = machines.map { machine -> JSONValue in
            ["instance": machine["selfLink"] ?? "", "status": "RUNNING"]
        }
        inventory.add(JSONValue.array(members).serialized(), from: "members.json")
        inventory.sort()
        return inventory
    }

    private static let others = #"""
        [
          {"kind": "compute#network", "name": "meet", "autoCreateSubnetworks": false, "mtu": 1500, "description": "",
           "selfLink": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/global/networks/meet",
           "routingConfig": {"routingMode": "REGIONAL"}, "subnetworks": ["x"], "id": "7"},
          {"kind": "compute#subnetwork", "name": "meet", "ipCidrRange": "10.20.0.0/24", "privateIpGoogleAccess": true,
           "network": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/global/networks/meet",
           "region": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/regions/us-central1",
           "selfLink": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/regions/us-central1/subnetworks/meet",
           "secondaryIpRanges": [{"rangeName": "pods", "ipCidrRange": "10.21.0.0/20"}], "gatewayAddress": "10.20.0.1"},
          {"kind": "compute#disk", "name": "recordings", "sizeGb": "200", "physicalBlockSizeBytes": "4096",
           "type": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/zones/us-central1-a/diskTypes/pd-balanced",
           "zone": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/zones/us-central1-a", "status": "READY",
           "selfLink": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/zones/us-central1-a/disks/recordings",
           "labels": {"keep": "yes", "goog-ops": "1"}},
          {"kind": "compute#instance", "name": "meet", "hostname": "meet.example.test", "deletionProtection": true,
           "selfLink": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/zones/us-central1-a/instances/meet",
           "zone": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/zones/us-central1-a",
           "machineType": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/zones/us-central1-a/machineTypes/e2-small",
           "disks": [
             {"boot": true, "autoDelete": false, "deviceName": "root", "diskSizeGb": "20", "mode": "READ_WRITE",
              "type": "PERSISTENT", "index": 0, "licenses":
              ["https://www.googleapis.com/compute/v1/projects/debian-cloud/global/licenses/debian-12-bookworm"],
              "source": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/zones/us-central1-a/disks/meet"},
             {"boot": false, "autoDelete": false, "deviceName": "recordings", "index": 1, "mode": "READ_WRITE",
              "type": "PERSISTENT", "diskSizeGb": "200",
              "source": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/zones/us-central1-a/disks/recordings"}],
           "networkInterfaces": [{"name": "nic0", "networkIP": "10.20.0.5", "stackType": "IPV4_ONLY",
             "network": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/global/networks/meet",
             "subnetwork": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/regions/us-central1/subnetworks/meet",
             "accessConfigs": [{"name": "External NAT", "natIP": "203.0.113.9", "type": "ONE_TO_ONE_NAT",
                                "networkTier": "STANDARD"}]}],
           "serviceAccounts": [{"email": "42-compute@developer.gserviceaccount.com",
                                "scopes": ["https://www.googleapis.com/auth/cloud-platform"]}],
           "scheduling": {"automaticRestart": true, "onHostMaintenance": "TERMINATE", "preemptible": false},
           "labels": {"owner": "ada"}, "status": "RUNNING"},
          {"kind": "compute#instanceTemplate", "name": "meet", "selfLink":
           "https://www.googleapis.com/compute/v1/projects/wren-meet-1/global/instanceTemplates/meet",
           "properties": {"machineType": "n1-standard-1", "tags": {"items": ["bridge"]},
             "disks": [{"boot": true, "autoDelete": true, "deviceName": "boot", "mode": "READ_WRITE", "type": "PERSISTENT",
               "initializeParams": {"sourceImage": "projects/cos-cloud/global/images/family/cos-stable", "diskSizeGb": "10"}}],
             "networkInterfaces": [{"network":
               "https://www.googleapis.com/compute/v1/projects/wren-meet-1/global/networks/meet"}],
             "metadata": {"items": [{"key": "user-data", "value": "#cloud-config\ntext: \"\\\\ ü ${x} %{y}\"\n"}]}}},
          {"kind": "compute#instanceGroupManager", "name": "meet", "baseInstanceName": "meet", "targetSize": 2,
           "zone": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/zones/us-central1-a",
           "selfLink": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/zones/us-central1-a/instanceGroupManagers/meet",
           "instanceTemplate": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/global/instanceTemplates/meet",
           "versions": [{"instanceTemplate":
             "https://www.googleapis.com/compute/v1/projects/wren-meet-1/global/instanceTemplates/meet",
             "targetSize": {"calculated": 2}}],
           "namedPorts": [{"name": "media", "port": 10000}], "status": {"isStable": true}},
          {"kind": "compute#instanceGroup", "name": "bridges", "size": 3, "isManaged": "No",
           "network": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/global/networks/meet",
           "zone": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/zones/us-central1-a",
           "namedPorts": [{"name": "media", "port": 10000}],
           "selfLink": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/zones/us-central1-a/instanceGroups/bridges"},
          {"kind": "compute#address", "name": "meet", "address": "203.0.113.9", "addressType": "EXTERNAL",
           "networkTier": "STANDARD", "region": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/regions/us-central1",
           "selfLink": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/regions/us-central1/addresses/meet"},
          {"kind": "compute#address", "name": "front", "address": "203.0.113.10", "addressType": "EXTERNAL",
           "selfLink": "https://www.googleapis.com/compute/v1/projects/wren-meet-1/global/addresses/front"},
          {"kind": "dns#managedZone", "name": "meet", "dnsName": "example.test.", "visibility": "public", "description": "ours",
           "nameServers": ["ns.example.test."]},
          {"kind": "dns#resourceRecordSet", "name": "meet.example.test.", "type": "A", "ttl": 300, "rrdatas": ["203.0.113.9"]},
          {"kind": "dns#resourceRecordSet", "name": "example.test.", "type": "TXT", "ttl": 60, "rrdatas": ["\"v=spf1 -all\""]},
          {"kind": "dns#resourceRecordSet", "name": "example.test.", "type": "NS", "ttl": 60, "rrdatas": ["ns.example.test."]},
          {"kind": "compute#project", "name": "wren-meet-1",
           "selfLink": "https://www.googleapis.com/compute/v1/projects/wren-meet-1",
           "commonInstanceMetadata": {"items": [{"key": "enable-oslogin", "value": "FALSE"}]}}
        ]
        """#
}
