import Foundation
import TestKit
import Testing

@Suite struct CollectCloudTests {
    private static let link = "https://www.googleapis.com/compute/v1/projects/wren-meet-1"

    private static func firewall(_ name: String) -> String {
        """
        {"kind": "compute#firewall", "name": "\(name)", "network": "\(link)/global/networks/default", "priority": 1000,
         "direction": "INGRESS", "disabled": false, "allowed": [{"IPProtocol": "tcp", "ports": ["443"]}],
         "sourceRanges": ["0.0.0.0/0"], "selfLink": "\(link)/global/firewalls/\(name)"}
        """
    }

    private func arranged() throws -> (gcloud: FakeGcloud, place: TemporaryFolder) {
        let gcloud = try FakeGcloud()
        try gcloud.answer("compute firewall-rules list", "[\(Self.firewall("web")), \(Self.firewall("bridge"))]")
        try gcloud.answer(
            "dns managed-zones list",
            """
            [{"kind": "dns#managedZone", "name": "meet", "dnsName": "wren.test.", "visibility": "public", "description": "",
              "id": "1", "nameServers": ["ns-1.test."]}]
            """
        )
        try gcloud.answer(
            "dns record-sets list-meet",
            """
            [{"kind": "dns#resourceRecordSet", "name": "meet.wren.test.", "type": "A", "ttl": 300, "rrdatas": ["245.35.72.19"]},
             {"kind": "dns#resourceRecordSet", "name": "wren.test.", "type": "SOA", "ttl": 300, "rrdatas": ["x"]}]
            """
        )
        try gcloud.answer(
            "compute instance-groups unmanaged list",
            """
            [{"kind": "compute#instanceGroup", "name": "bridges", "size": 1, "zone": "\(Self.link)/zones/us-central1-a",
              "selfLink": "\(Self.link)/zones/us-central1-a/instanceGroups/bridges"}]
            """
        )
        try gcloud.answer(
            "compute instance-groups unmanaged list-instances bridges-us-central1-a",
            "[{\"instance\": \"\(Self.link)/zones/us-central1-a/instances/elsewhere\", \"status\": \"RUNNING\"}]"
        )
        return (gcloud, try TemporaryFolder())
    }

    @Test func readsThroughGcloudByCommandsThatOnlyRead() throws {
        let (gcloud, place) = try arranged()
        let tool = gcloud.tool(in: place, variables: ["CLOUDSDK_CONFIG": "/nonexistent", "UNRELATED": "x"])
        let run = try tool("collect", "gcp:wren-meet-1", "--output", "out")
        #expect(run.status == 0, Comment(rawValue: run.said))
        let network = String(decoding: try place.read("out/terraform/network.tf"), as: UTF8.self)
        #expect(network.contains("name         = \"meet.${google_dns_managed_zone.meet.dns_name}\""))
        #expect(!network.contains("SOA"))
        let machines = String(decoding: try place.read("out/terraform/machines.tf"), as: UTF8.self)
        #expect(
            machines.contains("projects/wren-meet-1/zones/us-central1-a/instances/elsewhere"),
            Comment(rawValue: machines)
        )
        let calls = try gcloud.calls
        #expect(calls.count == 14)
        for call in calls {
            let words = call.split(separator: " ")
            #expect(words.contains("list") || words.contains("describe") || words.contains("list-instances"), "\(call)")
            #expect(call.contains("--project=wren-meet-1 --format=json"))
        }
        let variables = String(decoding: try gcloud.folder.read("environment"), as: UTF8.self).split(separator: "\n")
        #expect(variables.contains("CLOUDSDK_CONFIG") && variables.contains("CLOUDSDK_CORE_DISABLE_PROMPTS"))
        #expect(!variables.contains("UNRELATED"))
        #expect(try place.permissions(of: "out") == 0o700)
    }

    @Test func showsTheCommandsAndRunsNone() throws {
        let (gcloud, place) = try arranged()
        let run = try gcloud.tool(in: place)("collect", "gcp:wren-meet-1", "--output", "out", "--dry-run")
        #expect(run.status == 0)
        #expect(run.text.contains("gcloud compute instances list --project=wren-meet-1 --format=json\n"))
        #expect(run.text.split(separator: "\n").count == 12)
        #expect(throws: (any Error).self) { try gcloud.calls }
        #expect(try place.files() == [])
    }

    @Test(arguments: [
        (
            "ERROR: (gcloud.compute.instances.list) Could not fetch resource:\n - Quota exceeded for quota metric 'Queries'",
            "instances: Google's quota is exhausted: wait a minute and collect again"
        ),
        (
            "ERROR: (gcloud.compute.instances.list) Some requests did not succeed:\n - Internal error in zone b",
            "instances: some of it could not be read: Internal error in zone b"
        ),
        (
            "ERROR: (gcloud.compute.instances.list) Required 'compute.instances.list' permission for 'projects/wren-meet-1'",
            "instances: this login has no permission to read it: (gcloud.compute.instances.list) Required 'compute.instances.list' permission"
        ),
    ])
    func theRestIsStillCollected(errors: String, message: String) throws {
        let (gcloud, place) = try arranged()
        try gcloud.fail("compute instances list", errors)
        let run = try gcloud.tool(in: place)("collect", "gcp:wren-meet-1", "--output", "out")
        #expect(run.status == 2)
        #expect(run.said.contains("not read: " + message), Comment(rawValue: run.said))
        #expect(try place.files().contains("out/terraform/network.tf"))
        let record = String(decoding: try place.read("out/deployment.json"), as: UTF8.self)
        #expect(record.contains("\"leftOut\": [\n"))
    }

    @Test func whatCameBeforeAFailedPageIsTaken() throws {
        let (gcloud, place) = try arranged()
        try gcloud.fail(
            "compute firewall-rules list",
            "ERROR: Some requests did not succeed:\n - page 2: backend error"
        )
        let run = try gcloud.tool(in: place)("collect", "gcp:wren-meet-1", "--output", "out")
        #expect(run.status == 2)
        #expect(String(decoding: try place.read("out/terraform/network.tf"), as: UTF8.self).contains("\"bridge\""))
    }

    @Test(arguments: [
        (
            "ERROR: There was a problem refreshing your current auth tokens: ('invalid_grant: Bad Request')",
            "gcloud is not logged in, or its login has expired: run 'gcloud auth login'"
        ),
        ("ERROR: Failed to find project wren-meet-1", "there is no such project, or this login cannot see it"),
    ])
    func anExpiredLoginEndsItAtOnce(errors: String, message: String) throws {
        let gcloud = try FakeGcloud()
        let place = try TemporaryFolder()
        try gcloud.fail("compute project-info describe", errors)
        let run = try gcloud.tool(in: place)("collect", "gcp:wren-meet-1", "--output", "out")
        #expect(run.status == 2)
        #expect(run.said.contains(message), Comment(rawValue: run.said))
        #expect(try gcloud.calls.count == 1)
        #expect(try place.files() == [])
    }

    @Test func aPartThatTheProjectDoesNotUseIsNoFailure() throws {
        let (gcloud, place) = try arranged()
        try gcloud.fail(
            "deployment-manager deployments list",
            "ERROR: Cloud Deployment Manager V2 API has not been used in project 1 before or it is disabled. reason: SERVICE_DISABLED"
        )
        #expect(try gcloud.tool(in: place)("collect", "gcp:wren-meet-1", "--output", "out").status == 0)
    }

    @Test func withoutGcloudItSaysSo() throws {
        let place = try TemporaryFolder()
        let tool = Tool(folder: place.path, environment: ["PATH": Tool.products])
        let run = try tool("collect", "gcp:wren-meet-1", "--output", "out")
        #expect(run.status == 2)
        #expect(run.said.contains("'gcloud' is not in PATH"))
    }

    @Test func anInterruptedCollectionLeavesNothing() throws {
        let (gcloud, place) = try arranged()
        try gcloud.folder.write("2", to: "compute-instances-list.slow")
        let tool = gcloud.tool(in: place)
        let line = "timeout --preserve-status -s INT 1 scrubjay collect gcp:wren-meet-1 --output out"
        let run = try tool.shell(line)
        #expect(run.status == 130, Comment(rawValue: run.said))
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.path) == [])
    }

    @Test func refusesAGitWorkTreeUnlessItIsIgnoredThere() throws {
        let (gcloud, place) = try arranged()
        let tool = gcloud.tool(in: place)
        #expect(try tool.shell("git init -q .").status == 0)
        let refused = try tool("collect", "gcp:wren-meet-1", "--output", "out")
        #expect(refused.status == 2)
        #expect(
            refused.said.contains(
                "out: it would be in a git work tree, and a collected deployment contains every secret"
            )
        )
        #expect(refused.said.contains("hint: choose a path outside, or add it to .gitignore"))
        try place.write("/out/\n", to: ".gitignore")
        #expect(try tool("collect", "gcp:wren-meet-1", "--output", "out").status == 0)
    }

    /// Collected, then sanitized: no value of the fixture that was planted is left.
    @Test func whatIsCollectedGoesIntoSanitize() throws {
        let place = try TemporaryFolder()
        let tool = Tool(folder: place.path, environment: ["SOURCE_DATE_EPOCH": "1767225600"])
        let collect = try tool("collect", "gcp:", "--from-json", Repository.fixture + "/gcloud", "--output", "out")
        #expect(collect.status == 0, Comment(rawValue: collect.said))
        let sanitize = try tool("sanitize", "out", "--output", "clean")
        #expect(sanitize.status == 0, Comment(rawValue: sanitize.said))
        let all = try TemporaryFolder.files(in: place.path + "/clean")
            .flatMap { try place.read("clean/" + $0) }
        let text = String(decoding: all, as: UTF8.self)
        for value in ["wrenfield", "245.35.72.44", "246.118.9.203", "72cb19aa4572cd61238f7b4016d6f9c5", "MHcCAQEE"] {
            #expect(!text.contains(value), "\(value)")
        }
    }

    /// A list over all zones of which one did not answer: gcloud warns, and ends with status 0.
    @Test func aWarningOfGcloudIsNoSuccess() throws {
        let (gcloud, place) = try arranged()
        try gcloud.folder.write(
            "WARNING: Some requests did not succeed.\n - zone b is not there\n\n",
            to: "compute-instances-list.warning"
        )
        let run = try gcloud.tool(in: place)("collect", "gcp:wren-meet-1", "--output", "out")
        #expect(run.status == 2)
        #expect(run.said.contains("not read: instances: some of it could not be read: zone b is not there"))
    }

    @Test(.enabled(if: CloudStandIn.isAvailable, "this takes gcloud and python3"), .timeLimit(.minutes(5)))
    func theRealGcloudReadsPagesAndFailures() throws {
        let standIn = try CloudStandIn()
        defer { standIn.stop() }
        let place = try TemporaryFolder()
        let tool = Tool(folder: place.path, environment: standIn.variables)
        let run = try tool("collect", "gcp:wren-meet-1", "--output", "out")
        #expect(run.status == 2, Comment(rawValue: run.said))
        #expect(
            run.said.contains("not read: instances: Google's quota is exhausted"),
            Comment(rawValue: run.said)
        )
        #expect(run.said.components(separatedBy: "not read: ").count == 2, Comment(rawValue: run.said))
        let network = String(decoding: try place.read("out/terraform/network.tf"), as: UTF8.self)
        #expect(network.contains("\"first\"") && network.contains("\"second\""))
        // The API lists the members of a group by POST.
        #expect(
            try standIn.requests.allSatisfy {
                $0.hasPrefix("GET ") || $0.hasPrefix("POST ") && $0.contains("/instanceGroups/bridges/listInstances")
            }
        )
        let machines = String(decoding: try place.read("out/terraform/machines.tf"), as: UTF8.self)
        #expect(machines.contains("/zones/us-central1-a/instances/bridge-1"), Comment(rawValue: machines))
        #expect(try standIn.requests.contains { $0.contains("pageToken=two") })
    }
}
