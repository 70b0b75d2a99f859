@testable import Collecting
import Documents
import Foundation
import SystemPackage
import TestKit
import Testing

/// What templates make is what they were made of.
@Suite struct CloudRoundTripTests {
    private enum Sample: String, CaseIterable {
        case fixture, everything

        func inventory() throws -> CloudInventory {
            switch self {
            case .fixture: try CloudTemplatesTests.fixture
            case .everything: try CloudSamples.everything()
            }
        }
    }

    /// The kinds that a template makes by resources of their own.
    private static func resources(of cloud: CloudSelection) -> [CloudResource] {
        cloud.wanted.filter { $0.kind != .recordSet && $0.kind != .project }
    }

    /// The sample with something of every kind, its templates, and what Deployment Manager makes of them.
    private static func everything(
        modernizes: Bool
    ) throws -> (inventory: CloudInventory, files: [String: String], expanded: ExpandedDeployment) {
        let inventory = try CloudSamples.everything()
        let files = CloudSamples.files(of: CloudCollection(of: inventory, project: nil, modernizes: modernizes))
        let expanded = try ExpandedDeployment(
            files: files,
            configuration: "deployment-manager/deployment.yaml",
            project: "wren-meet-1"
        )
        return (inventory, files, expanded)
    }

    // MARK: - Deployment Manager

    @Test(.enabled(if: ExpandedDeployment.python != nil, "this takes python3 with yaml and jinja2"))
    func deploymentManagerMakesWhatWasThere() throws {
        for sample in Sample.allCases {
            let inventory = try sample.inventory()
            let cloud = CloudSelection(inventory, project: nil)
            let files = CloudSamples.files(of: CloudCollection(of: inventory, project: nil, modernizes: false))
            let expanded = try ExpandedDeployment(
                files: files,
                configuration: "deployment-manager/deployment.yaml",
                project: try #require(cloud.project)
            )
            let attribute = Self.attribute(of: cloud)
            var count = 0
            for resource in Self.resources(of: cloud) {
                let type = Self.type(of: resource)
                let made = try #require(expanded.resource(type, named: resource.name), "\(type) \(resource.name)")
                let properties = try expanded.properties(of: made, attribute: attribute)
                let differences = FieldComparison(cloud, .deploymentManager).differences(resource, properties)
                #expect(differences == [], "\(sample) \(type)")
                count += 1
            }
            let actions = expanded.resources.filter { $0.type.contains(":") }
            #expect(expanded.resources.count == count + actions.count)
            #expect(actions.count == (sample == .fixture ? 1 : 4))
        }
    }

    @Test(.enabled(if: ExpandedDeployment.python != nil, "this takes python3 with yaml and jinja2"))
    func recordsAndTheProjectsMetadataAreCalls() throws {
        let (inventory, _, expanded) = try Self.everything(modernizes: false)
        let attribute = Self.attribute(of: CloudSelection(inventory, project: nil))
        let calls = try expanded.resources.filter { $0.type.contains(":") }
            .map { (type: $0.type, properties: try expanded.properties(of: $0, attribute: attribute)) }
        let records: JSONValue = [
            ["name": "example.test.", "type": "TXT", "ttl": 60, "rrdatas": ["\"v=spf1 -all\""]],
            ["name": "meet.example.test.", "type": "A", "ttl": 300, "rrdatas": ["203.0.113.9"]],
        ]
        for change in ["additions", "deletions"] {
            let call = try #require(calls.first { $0.properties[change] != nil })
            #expect(call.type == "gcp-types/dns-v1:dns.changes.create")
            #expect(call.properties["managedZone"] == "meet")
            let made = (call.properties[change]?.elements ?? []).sorted {
                ($0["name"]?.scalar ?? "") < ($1["name"]?.scalar ?? "")
            }
            #expect(made.map(Set.init(membersOf:)) == records.elements.map(Set.init(membersOf:)))
        }
        let metadata = try #require(calls.first { $0.type.hasSuffix("setCommonInstanceMetadata") })
        #expect(metadata.properties["project"] == "wren-meet-1")
        #expect(metadata.properties["items"] == [["key": "enable-oslogin", "value": "FALSE"]])
    }

    /// The sources of a deployment, as its manifest keeps them, make the machines and containers that were made from
    /// them.
    @Test(.enabled(if: ExpandedDeployment.python != nil, "this takes python3 with yaml and jinja2"))
    func theSourcesOfADeploymentMakeItsMachines() throws {
        let folder = Repository.fixture + "/deployment-manager"
        var imports: [JSONValue] = []
        for path in Folder.files(below: folder) where path != "deployment.yaml" {
            let text = String(decoding: try #require(Folder.contents(of: "\(folder)/\(path)")), as: UTF8.self)
            imports.append(["name": .string(path), "content": .string(text)])
        }
        let config = try #require(Folder.contents(of: folder + "/deployment.yaml"))
        let manifest: JSONValue = [
            "name": "manifest-1", "layout": "", "expandedConfig": "",
            "config": ["content": .string(String(decoding: config, as: UTF8.self))], "imports": .array(imports),
            "selfLink":
                "https://www.googleapis.com/deploymentmanager/v2/projects/p/global/deployments/jitsi/manifests/manifest-1",
        ]
        let collection = CloudCollection(of: CloudSamples.inventory([manifest]), project: "p", modernizes: false)
        let expanded = try ExpandedDeployment(
            files: CloudSamples.files(of: collection),
            configuration: "deployment-manager/jitsi/deployment.yaml",
            project: "wrenfield-meet-274816"
        )
        #expect(expanded.resources.count == 11)
        for machine in try CloudTemplatesTests.fixture.all(.instance) {
            let own = try #require(expanded.resource("compute.v1.instance", named: machine.name))
            let type = CloudResource.lastComponent(of: machine.value["machineType"]?.scalar ?? "")
            #expect(own.properties["machineType"]?.scalar?.hasSuffix("/" + type) == true)
            #expect(own.properties["tags"]?["items"]?.elements == machine.value["tags"]?["items"]?.elements)
            let items = own.properties["metadata"]?["items"]?.elements ?? []
            let declared = items.first { $0["key"] == "gce-container-declaration" }?["value"]?.scalar
            let running = machine.metadata.first { $0.key == "gce-container-declaration" }?.value
            #expect(try Set(Self.containers(declared)) == Set(Self.containers(running)), "\(machine.name)")
        }
    }

    @Test(.enabled(if: ExpandedDeployment.python != nil, "this takes python3 with yaml and jinja2"))
    func modernTemplatesOfBothSortsAgree() throws {
        let (inventory, files, expanded) = try Self.everything(modernizes: true)
        for number in 1...3 {
            let machine = try #require(expanded.resource("compute.v1.instance", named: "bridge-\(number)"))
            #expect(machine.properties["scheduling"]?["provisioningModel"] == "SPOT")
        }
        for resource in try Self.terraform(files, inventory).resources() where resource.name.hasPrefix("bridge-") {
            guard resource.type == "google_compute_instance" else { continue }
            #expect(resource.body["scheduling"]?.elements.first?["provisioning_model"] == "SPOT")
        }
    }

    /// A group has no property for its machines in Deployment Manager, so they are put into it by a call.
    @Test(.enabled(if: ExpandedDeployment.python != nil, "this takes python3 with yaml and jinja2"))
    func theMachinesOfAGroupAreACall() throws {
        let (inventory, files, expanded) = try Self.everything(modernizes: false)
        let call = try #require(expanded.resources.first { $0.type.hasSuffix("compute.instanceGroups.addInstances") })
        let properties = try expanded.properties(
            of: call,
            attribute: Self.attribute(of: CloudSelection(inventory, project: nil))
        )
        #expect(properties["project"] == "wren-meet-1" && properties["zone"] == "us-central1-a")
        #expect(properties["instanceGroup"] == "bridges")
        let machines = inventory.all(.instance).filter { $0.name.hasPrefix("bridge-") }.compactMap {
            $0.value["selfLink"]
        }
        #expect(machines.count == 3)
        #expect(properties["instances"]?.elements == machines.map { ["instance": $0] })
        let terraform = try #require(files["terraform/machines.tf"])
        #expect(
            terraform.contains(" = values(google_compute_instance.bridge)[*].self_link\n"),
            Comment(rawValue: terraform)
        )
    }

    @Test func manyBecomeLoops() throws {
        let files = CloudSamples.files(
            of: CloudCollection(of: try CloudSamples.everything(), project: nil, modernizes: false)
        )
        let network = try #require(files["deployment-manager/network.py"])
        #expect(network.components(separatedBy: "\"compute.v1.firewall\"").count == 2)
        #expect(network.contains("    for rule in [\n"))
        #expect(network.contains("\"ports\": rule[\"ports\"]"))
        let machines = try #require(files["deployment-manager/machines.py"])
        #expect(machines.components(separatedBy: "\"compute.v1.instance\"").count == 3)
        #expect(machines.contains("context.imports[\"metadata/bridge/bridge-2/startup-script.sh\"]"))
        #expect(machines.contains("\"machineType\": \"zones/\" + zone + \"/machineTypes/e2-micro\""))
        #expect(!(machines + network).contains("wren-meet-1"))
        let settings = try #require(files["deployment-manager/deployment.yaml"])
        #expect(settings.contains("    zone: us-central1-a\n"))
        #expect(settings.contains("    meet_dns_name: example.test.\n"))
        let schema = try #require(files["deployment-manager/machines.py.schema"])
        #expect(schema.contains("- path: \"../terraform/metadata/bridge/bridge-1/startup-script.sh\"\n"))
    }

    // MARK: - Terraform

    @Test func terraformMakesWhatWasThere() throws {
        for sample in Sample.allCases {
            let inventory = try sample.inventory()
            let cloud = CloudSelection(inventory, project: nil)
            let files = CloudSamples.files(of: CloudCollection(of: inventory, project: nil, modernizes: false))
            let made = try Self.terraform(files, inventory).resources()
            var count = 0
            for resource in cloud.wanted where resource.kind != .project {
                let type =
                    resource.kind == .address && resource.region == nil
                    ? "google_compute_global_address" : CloudFields.compiledIn.resources[resource.kind] ?? ""
                let own = made.filter { $0.type == type }.first { one in
                    resource.kind == .recordSet
                        ? one.body["name"] == resource.value["name"] && one.body["type"] == resource.value["type"]
                        : one.name == resource.name
                }
                let body = try #require(own, "\(type) \(resource.name)").body
                #expect(FieldComparison(cloud, .terraform).differences(resource, body) == [], "\(sample) \(type)")
                count += 1
            }
            #expect(made.count == count + 1)
        }
    }

    /// Machines, firewall, containers and their environment, as a person would compare them.
    @Test func theFixturesContainersHaveTheSameEnvironment() throws {
        let inventory = try CloudTemplatesTests.fixture
        let files = CloudSamples.files(of: CloudCollection(of: inventory, project: nil, modernizes: false))
        let made = try Self.terraform(files, inventory).resources()
        var count = 0
        for machine in inventory.all(.instance) {
            let own = try #require(made.first { $0.type == "google_compute_instance" && $0.name == machine.name })
            let declared = try Self.containers(machine.metadata.first { $0.key == "gce-container-declaration" }?.value)
            let written = try Self.containers(own.body["metadata"]?["gce-container-declaration"]?.scalar)
            #expect(declared == written)
            count += declared.count
        }
        #expect(count > 40)
    }

    /// The image and the variables of the containers that a declaration names, one line each.
    private static func containers(_ declaration: String?) throws -> [String] {
        let node = try YAMLNode.read(Array((declaration ?? "").utf8))
        let spec = node?.members?.first { $0.name == "spec" }?.value
        let containers = spec?.members?.first { $0.name == "containers" }?.value.elements ?? []
        return containers.flatMap { container -> [String] in
            let members = container.members ?? []
            let image = members.first { $0.name == "image" }?.value.text ?? ""
            let environment = members.first { $0.name == "env" }?.value.elements ?? []
            return [image]
                + environment.map { entry in (entry.members ?? []).compactMap(\.value.text).joined(separator: "=") }
        }
    }

    private static func terraform(_ files: [String: String], _ inventory: CloudInventory) throws -> TerraformEvaluator {
        let folder = CloudCollection.terraformFolder + "/"
        let own = files.filter { $0.key.hasPrefix(folder) }
            .map { (String($0.key.dropFirst(folder.count)), $0.value) }
        let addresses = inventory.all(.address).map { ($0.name, $0.value["address"]?.scalar ?? "") }
        return try TerraformEvaluator(
            files: Dictionary(uniqueKeysWithValues: own),
            addresses: Dictionary(uniqueKeysWithValues: addresses)
        )
    }

    // MARK: - What resources of Deployment Manager are

    private static func type(of resource: CloudResource) -> String {
        switch resource.kind {
        case .address where resource.region == nil: "compute.v1.globalAddress"
        case .managedZone: "dns.v1.managedZone"
        default: "compute.v1.\(resource.kind.rawValue)"
        }
    }

    /// What the API says of an attribute of the resource that a reference leads to.
    private static func attribute(of cloud: CloudSelection) -> (String, String, String) -> String? {
        { type, name, attribute in
            let resource = cloud.wanted.first { Self.type(of: $0) == type && $0.name == name }
            return resource?.value[attribute]?.scalar
        }
    }
}

extension Set<String> {
    /// The members of an object, in no order.
    fileprivate init(membersOf value: JSONValue) {
        self.init(value.members.map { "\($0.name) \(String(decoding: $0.value.serialized(.line), as: UTF8.self))" })
    }
}
