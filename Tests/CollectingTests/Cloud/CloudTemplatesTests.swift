@testable import Collecting
import Documents
import Foundation
import SystemPackage
import TestKit
import Testing

@Suite struct CloudTemplatesTests {
    static let terraform = ["/usr/local/bin/terraform", "/usr/bin/terraform"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    static var fixture: CloudInventory {
        get throws {
            var inventory = CloudInventory()
            try inventory.add(folder: FilePath(Repository.fixture + "/gcloud"))
            return inventory
        }
    }

    static var schema: ProviderSchema {
        get throws {
            let path = Repository.root + "/Tests/CollectingTests/Provider/google.txt"
            return ProviderSchema(try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8))
        }
    }

    // MARK: - The table

    @Test func everyLineOfTheTableIsUnderstood() {
        #expect(CloudFields.compiledIn.badLines == [])
        #expect(CloudFields.compiledIn.resources.count == 11)
        #expect(CloudPrices.compiledIn.map(\.name) == ["2020-04", "today"])
    }

    @Test func theProviderKnowsEveryArgumentOfTheTable() throws {
        let schema = try Self.schema
        for (kind, type) in CloudFields.compiledIn.resources {
            for (path, field) in CloudFields.compiledIn.arguments(of: kind) {
                // The names of the blocks that lead to it.
                var names: [String] = []
                let parts = path.split(separator: ".").map(String.init)
                for end in parts.indices {
                    let prefix = parts[...end].joined(separator: ".")
                    names.append(CloudFields.compiledIn[kind, prefix]?.argument ?? "?")
                }
                let argument = TerraformText.Argument(type: type, path: names.joined(separator: "."), value: "var.x")
                if field.argument == "ip_version"
                    || (type == "google_compute_address" && ["network", "prefix_length"].contains(field.argument))
                {
                    continue
                }
                #expect(schema.complaint(argument) == nil)
            }
        }
    }

    // MARK: - The fixture

    @Test func theFixtureBecomesReadableTerraform() throws {
        let collection = CloudCollection(of: try Self.fixture, project: nil, modernizes: false)
        let files = CloudSamples.files(of: collection)
        let machines = try #require(files["terraform/machines.tf"])
        let network = try #require(files["terraform/network.tf"])
        // The API's own fields and what nobody set are gone.
        for noise in [
            "fingerprint", "selfLink", "cpuPlatform", "kind", "goog-dm", "shielded", "confidential", "MIGRATE",
            "PREMIUM\"\n      }",
        ] {
            #expect(!machines.contains(noise), "\(noise)")
        }
        #expect(!(machines + network).contains("wrenfield-meet-274816"))
        #expect(machines.contains("nat_ip = google_compute_address.jvb_address.address"))
        #expect(machines.contains("email  = \"jitsi-vm@${var.project}.iam.gserviceaccount.com\""))
        #expect(machines.contains("provisioning_model = \"SPOT\""))
        #expect(machines.contains("image = \"cos-cloud/cos-stable\""))
        #expect(network.contains("source_ranges = var.ssh_from_home_source_ranges"))
        let values = try #require(files["terraform/terraform.tfvars"])
        #expect(values.contains("project  = \"wrenfield-meet-274816\""))
        #expect(values.contains("\"246.118.9.203/32\""))
        // The documents of the metadata are files, byte for byte.
        let declaration = try #require(files["terraform/metadata/web/gce-container-declaration.yaml"])
        #expect(declaration.hasPrefix("apiVersion: v1\nkind: Pod\n"))
        #expect(files["terraform/metadata/web/startup-script.sh"]?.hasPrefix("#!/bin/bash\n") == true)
        #expect(files["terraform/metadata/web/web-tls-key.pem"]?.hasPrefix("-----BEGIN EC PRIVATE KEY-----\n") == true)
        #expect(files["deployment-manager/jitsi/deployment.yaml"]?.contains("type: jitsi.jinja") == true)
        #expect(files["deployment-manager/jitsi/jitsi.jinja"] != nil)
        #expect(collection.leftOut == [])
    }

    @Test func nothingOfTheFixtureIsLost() throws {
        let inventory = try Self.fixture
        let files = CloudSamples.files(of: CloudCollection(of: inventory, project: nil, modernizes: false))
        let all = files.values.joined(separator: "\n")
        for resource in inventory.resources where resource.kind != .manifest && resource.kind != .deployment {
            #expect(resource.kind == .project || all.contains("\"\(resource.name)\""), "\(resource.name)")
            for (key, value) in resource.metadata where key != "ssh-keys" {
                #expect(files.values.contains(value) || all.contains("= \"\(value)\""), "\(resource.name) \(key)")
            }
            for tag in resource.value["tags"]?["items"]?.elements ?? [] {
                #expect(all.contains("\"\(tag.scalar ?? "?")\""))
            }
        }
    }

    @Test func theProviderKnowsEveryArgumentThatIsWritten() throws {
        let schema = try Self.schema
        for modernizes in [false, true] {
            let collection = CloudCollection(of: try Self.fixture, project: nil, modernizes: modernizes)
            var count = 0
            for (path, text) in CloudSamples.files(of: collection) where path.hasSuffix(".tf") {
                let parsed = TerraformText(text)
                count += parsed.arguments.count
                for argument in parsed.arguments { #expect(schema.complaint(argument) == nil) }
                for block in parsed.blocks { #expect(schema.knows(block: block), "\(block)") }
            }
            #expect(count > 60)
        }
    }

    @Test(.enabled(if: terraform != nil, "terraform is not installed"), arguments: [false, true])
    func terraformFindsNothingToFormat(modernizes: Bool) throws {
        try checkFormat(CloudCollection(of: try Self.fixture, project: nil, modernizes: modernizes))
    }

    private func checkFormat(_ collection: CloudCollection) throws {
        let folder = try TemporaryFolder()
        for (path, text) in CloudSamples.files(of: collection) { try folder.write(text, to: path) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.terraform))
        process.arguments = ["fmt", "-check", "-recursive", "-diff", folder.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, Comment(rawValue: said))
    }

    // MARK: - Many

    @Test(.enabled(if: terraform != nil, "terraform is not installed"))
    func fiveHundredMachinesBecomeOneDefinition() throws {
        let machines = (1...500).map { number in
            CloudSamples.instance(
                "jvb-\(number)",
                address: "245.35.\(number / 250).\(number % 250)",
                isPreemptible: true,
                metadata: [("startup-script", "#!/bin/sh\necho bridge\n")]
            )
        }
        let rules = (1...5000).map { number in
            CloudSamples.firewall(
                "rule-\(number)",
                ports: ["\(number)"],
                sources: ["10.0.0.0/8"],
                priority: 1000 + number % 3
            )
        }
        let collection = CloudCollection(of: CloudSamples.inventory(machines + rules), project: nil, modernizes: false)
        #expect(collection.madeCount.resources == 5500)
        #expect(collection.madeCount.definitions == 2)
        let files = CloudSamples.files(of: collection)
        let text = try #require(files["terraform/machines.tf"])
        #expect(text.components(separatedBy: "resource \"").count == 2)
        #expect(text.contains("for_each = toset(["))
        #expect(files["terraform/metadata/jvb/startup-script.sh"] == "#!/bin/sh\necho bridge\n")
        let network = try #require(files["terraform/network.tf"])
        #expect(network.split(separator: "\n").count < 5050)
        #expect(network.contains("for_each = local.rule_firewall"))
        #expect(network.contains("ports    = each.value.ports"))
        try checkFormat(collection)
    }

    @Test func machinesWithDocumentsOfTheirOwnShareADefinition() throws {
        let machines = ["one", "two"].map { name in
            CloudSamples.instance(name, metadata: [("user-data", "#cloud-config\nhostname: \(name)\n")])
        }
        let files = CloudSamples.files(
            of: CloudCollection(of: CloudSamples.inventory(machines), project: nil, modernizes: false)
        )
        let text = try #require(files["terraform/machines.tf"])
        #expect(text.contains("user-data = file(\"${path.module}/metadata/machines/${each.key}/user-data.yaml\")"))
        #expect(files["terraform/metadata/machines/two/user-data.yaml"] == "#cloud-config\nhostname: two\n")
    }

    // MARK: - What is known by its contents

    @Test func readsListsPagesAndAggregatedLists() {
        var inventory = CloudInventory()
        let one = CloudSamples.instance("one")
        inventory.add(one.serialized(), from: "a")
        inventory.add(JSONValue.array([one, CloudSamples.instance("two")]).serialized(), from: "b")
        let page: JSONValue = ["kind": "compute#instanceList", "items": [CloudSamples.instance("three")]]
        inventory.add(page.serialized(), from: "c")
        let aggregated: JSONValue = [
            "kind": "compute#instanceAggregatedList",
            "items": [
                "zones/us-central1-a": ["instances": [CloudSamples.instance("four")]],
                "zones/b": ["warning": ["code": "NO"]],
            ],
        ]
        inventory.add(aggregated.serialized(), from: "d")
        inventory.add(Array("[]".utf8), from: "e")
        inventory.add(Array("{\"a\": 1.5}".utf8), from: "f")
        inventory.add(Array("nonsense".utf8), from: "g")
        #expect(inventory.all(.instance).map(\.name) == ["one", "two", "three", "four"])
        #expect(inventory.unknown.map(\.origin) == ["f"])
        #expect(inventory.failures.count == 1 && inventory.failures[0].hasPrefix("g: it is not JSON"))
    }

    @Test func saysWhichFieldsNoArgumentHolds() {
        guard case .object(var members) = CloudSamples.instance("one") else { return }
        members.append(JSONValue.Member("workloadIdentityConfig", ["identity": "spiffe"]))
        let collection = CloudCollection(
            of: CloudSamples.inventory([.object(members)]),
            project: nil,
            modernizes: false
        )
        #expect(collection.leftOut.map(\.path) == ["instance: workloadIdentityConfig"])
    }

    @Test func leavesToGoogleWhatGoogleMakes() {
        let rule = CloudSamples.firewall("default-allow-ssh", ports: ["22"], sources: ["0.0.0.0/0"], priority: 65_534)
        let made = CloudSamples.instance(
            "web-x1",
            metadata: [("created-by", "projects/1/zones/us-central1-a/instanceGroupManagers/web")]
        )
        let collection = CloudCollection(of: CloudSamples.inventory([rule, made]), project: nil, modernizes: false)
        #expect(collection.madeCount.resources == 0)
        #expect(collection.leftOut.map(\.path) == ["instance web-x1", "firewall rule default-allow-ssh"])
    }

    /// An internal address that Google gave stays where a document counts on it, and on no longer one.
    @Test(arguments: [
        ("XMPP_SERVER=10.128.0.9", true), ("10.128.0.9:5222", true), ("At 10.128.0.9.", true),
        ("http://10.128.0.9/x", true),
        ("10.128.0.98", false), ("110.128.0.9", false), ("10.128.0.9.1", false), ("10.128.0", false),
    ])
    func anAddressThatADocumentNamesStays(text: String, isNamed: Bool) throws {
        let machine = CloudSamples.instance("one", metadata: [("note", text)])
        let collection = CloudCollection(of: CloudSamples.inventory([machine]), project: nil, modernizes: false)
        let terraform = try #require(CloudSamples.files(of: collection)["terraform/machines.tf"])
        #expect(terraform.contains("network_ip = \"10.128.0.9\"") == isNamed, Comment(rawValue: terraform))
    }

    // MARK: - Groups

    private static let zone = "https://www.googleapis.com/compute/v1/projects/wren-meet-1/zones/us-central1-a"

    private static func group(_ name: String, size: Int) -> JSONValue {
        [
            "kind": "compute#instanceGroup", "name": .string(name),
            "selfLink": .string("\(zone)/instanceGroups/\(name)"),
            "size": .integer(size), "zone": .string(zone),
        ]
    }

    /// What `gcloud compute instance-groups unmanaged list-instances --format=json` writes, which names no group.
    private static func members(_ names: String...) -> [UInt8] {
        JSONValue.array(
            names.map { ["instance": .string("\(zone)/instances/\($0)"), "status": "RUNNING"] }
        ).serialized()
    }

    private static func machines(of group: String, in inventory: CloudInventory) -> [String]? {
        inventory.all(.instanceGroup).first { $0.name == group }?.groupMembers?.map(CloudResource.lastComponent(of:))
    }

    @Test func saysThatNoListNamesTheMachinesOfAGroup() {
        let collection = CloudCollection(
            of: CloudSamples.inventory([Self.group("bridges", size: 2), Self.group("none", size: 0)]),
            project: "other-project",
            modernizes: false
        )
        #expect(collection.leftOut.map(\.path) == ["the 2 machines of instance group bridges"])
        #expect(collection.remarks == ["none of this belongs to project other-project; it belongs to wren-meet-1"])
    }

    @Test func aListOfMachinesBelongsToTheOnlyGroupOfThatSize() {
        var inventory = CloudInventory()
        inventory.add(Self.members("a", "b"), from: "two.json")
        inventory.add(Self.members("c"), from: "one.json")
        inventory.add(
            JSONValue.array([Self.group("bridges", size: 2), Self.group("web", size: 1)]).serialized(),
            from: "g"
        )
        inventory.sort()
        #expect(Self.machines(of: "bridges", in: inventory) == ["a", "b"])
        #expect(Self.machines(of: "web", in: inventory) == ["c"])
        #expect(inventory.unknown.isEmpty)
        #expect(CloudCollection(of: inventory, project: nil, modernizes: false).leftOut.isEmpty)
    }

    @Test func aListOfMachinesThatMayBeOfTwoGroupsIsOfNone() {
        var inventory = CloudInventory()
        inventory.add(Self.members("a", "b"), from: "two.json")
        inventory.add(
            JSONValue.array([Self.group("one", size: 2), Self.group("two", size: 2)]).serialized(),
            from: "g"
        )
        inventory.sort()
        #expect(Self.machines(of: "one", in: inventory) == nil && Self.machines(of: "two", in: inventory) == nil)
        #expect(inventory.unknown.map(\.origin) == ["two.json"])
    }

    /// Whoever asked for the members of a group knows the group, and so does an answer of the API itself.
    @Test func aListOfAKnownGroupIsOfNoOther() {
        var inventory = CloudInventory()
        let path = "projects/wren-meet-1/zones/us-central1-a/instanceGroups/"
        inventory.add(Self.members("a", "b"), from: "call", membersOf: path + "two")
        let answer: JSONValue = [
            "kind": "compute#instanceGroupsListInstances", "id": .string(path + "one/listInstances"),
            "items": [
                ["instance": .string(Self.zone + "/instances/c")], ["instance": .string(Self.zone + "/instances/d")],
            ],
        ]
        inventory.add(answer.serialized(), from: "answer.json")
        inventory.add(
            JSONValue.array([Self.group("one", size: 2), Self.group("two", size: 2)]).serialized(),
            from: "g"
        )
        inventory.sort()
        #expect(Self.machines(of: "one", in: inventory) == ["c", "d"])
        #expect(Self.machines(of: "two", in: inventory) == ["a", "b"])
    }

    @Test func aGroupOfSomeMachinesOfADefinitionNamesThem() throws {
        var inventory = CloudInventory()
        let machines = (1...4).map { CloudSamples.instance("bridge-\($0)") }
        inventory.add(JSONValue.array(machines + [Self.group("bridges", size: 2)]).serialized(), from: "m")
        inventory.add(Self.members("bridge-1", "bridge-3"), from: "two.json")
        inventory.sort()
        let text = try #require(
            CloudSamples.files(of: CloudCollection(of: inventory, project: nil, modernizes: false))[
                "terraform/machines.tf"
            ]
        )
        #expect(
            text.contains(
                """
                  instances = [
                    google_compute_instance.bridge["bridge-1"].self_link,
                    google_compute_instance.bridge["bridge-3"].self_link,
                  ]
                """
            ),
            Comment(rawValue: text)
        )
    }

    // MARK: - Modern times

    @Test func modernizesWhatGoogleGaveUp() throws {
        let declaration = """
            spec:
              containers:
              - name: jvb
                image: jitsi/jvb:stable-9823
                args: ["--flag", "50% off"]
                env:
                - name: JVB_PORT
                  value: '10000'
                volumeMounts:
                - name: config
                  mountPath: /config
              volumes:
              - name: config
                hostPath:
                  path: /var/jvb
              restartPolicy: Always

            """
        let old = CloudSamples.instance(
            "jvb",
            type: "f1-micro",
            isPreemptible: true,
            metadata: [("gce-container-declaration", declaration)]
        )
        let inventory = CloudSamples.inventory([old])
        let asIs = CloudCollection(of: inventory, project: nil, modernizes: false)
        #expect(asIs.retired.count == 3)
        #expect(CloudSamples.files(of: asIs)["terraform/machines.tf"]?.contains("f1-micro") == true)
        let modern = CloudCollection(of: inventory, project: nil, modernizes: true)
        #expect(modern.remarks == [] && modern.retired == [])
        let files = CloudSamples.files(of: modern)
        let text = try #require(files["terraform/machines.tf"])
        #expect(text.contains("\"e2-micro\""))
        #expect(text.contains("provisioning_model          = \"SPOT\""))
        let cloudInit = try #require(files["terraform/metadata/jvb/user-data.yaml"])
        let node = try #require(try YAMLNode.read(Array(cloudInit.utf8)))
        let written = node.members?.first { $0.name == "write_files" }?.value.elements ?? []
        #expect(written.count == 2)
        #expect(cloudInit.contains("    JVB_PORT=10000\n"))
        #expect(
            cloudInit.contains(
                "ExecStart=/usr/bin/docker run --rm --name=jvb --network=host --env-file=/etc/containers/jvb.env "
                    + "--volume=/var/jvb:/config jitsi/jvb:stable-9823 --flag \"50%% off\"\n"
            )
        )
    }

    @Test(arguments: [
        ("containers: []", "it does not declare one container"),
        ("spec: {containers: [{name: a}]}", "it names no image"),
        ("spec: {containers: [{name: a, image: b, lifecycle: {}}]}", "a member of the container is unknown"),
        (
            "spec: {containers: [{name: a, image: b, volumeMounts: [{name: v, mountPath: /x}]}]}",
            "a volume of the container is not declared"
        ),
        (
            "spec: {containers: [{name: a, image: b, env: [{name: A, value: \"1\\n2\"}]}]}",
            "the variable A has several lines"
        ),
    ])
    func keepsADeclarationThatItWouldSpoil(text: String, reason: String) {
        #expect(throws: KonletError(message: reason)) { try ContainerDeclaration(text).cloudInit() }
    }
}
