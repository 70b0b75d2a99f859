import Foundation
import TestKit
import Testing

/// Holds what `scan --format sarif` writes against the SARIF 2.1.0 specification and what GitHub asks for beyond it.
@Suite struct SARIFTests {
    private let folder: TemporaryFolder
    /// Where the key of the fingerprints is made: outside of what is scanned.
    private let configuration: TemporaryFolder
    private var tool: Tool { tool(in: folder.path) }

    init() throws {
        folder = try TemporaryFolder()
        configuration = try TemporaryFolder()
    }

    private func tool(in place: String) -> Tool {
        Tool(folder: place, environment: ["XDG_CONFIG_HOME": configuration.path])
    }

    private typealias Object = [String: Any]

    /// The one run of a file that is written, checked as far as every file must be.
    private func run(_ arguments: String...) throws -> Object {
        let said = try tool.run(Tool.products + "/scrubjay", ["scan", "--format", "sarif"] + arguments, input: [])
        let file = try #require(JSONSerialization.jsonObject(with: Data(said.output)) as? Object, "\(said.said)")
        #expect(Set(file.keys) == ["$schema", "version", "runs"])
        #expect(file["version"] as? String == "2.1.0")
        let runs = try #require(file["runs"] as? [Object])
        let run = try #require(runs.first)
        #expect(runs.count == 1)
        let known: Set = ["columnKind", "originalUriBaseIds", "results", "invocations", "tool"]
        #expect(Set(run.keys) == known)
        #expect(run["columnKind"] as? String == "utf16CodeUnits")
        let invocations = try #require(run["invocations"] as? [Object])
        #expect(invocations.count == 1 && invocations[0]["executionSuccessful"] is Bool)
        try check(rules: run)
        for result in try #require(run["results"] as? [Object]) { try check(result, in: run) }
        return run
    }

    private func rules(_ run: Object) throws -> [Object] {
        let driver = try #require((run["tool"] as? Object)?["driver"] as? Object)
        #expect(driver["name"] as? String == "Scrubjay")
        return try #require(driver["rules"] as? [Object])
    }

    private func check(rules run: Object) throws {
        let rules = try rules(run)
        #expect(Set(rules.compactMap { $0["id"] as? String }).count == rules.count)
        for rule in rules {
            for member in ["shortDescription", "fullDescription", "help"] {
                let text = try #require((rule[member] as? Object)?["text"] as? String)
                #expect(!text.isEmpty && text.utf8.count <= 1024)
            }
            let level = (rule["defaultConfiguration"] as? Object)?["level"] as? String
            #expect(["error", "warning", "note"].contains(level))
            let properties = try #require(rule["properties"] as? Object)
            #expect((properties["tags"] as? [String])?.contains("security") == true)
            let severity = Double(try #require(properties["security-severity"] as? String))
            #expect(severity.map { (0...10).contains($0) } == true)
            #expect(["very-high", "high", "medium", "low"].contains(properties["precision"] as? String))
        }
    }

    private func check(_ result: Object, in run: Object) throws {
        let rules = try rules(run)
        let index = try #require(result["ruleIndex"] as? Int)
        #expect(rules.indices.contains(index) && rules[index]["id"] as? String == result["ruleId"] as? String)
        #expect(["error", "warning", "note"].contains(result["level"] as? String))
        #expect((result["message"] as? Object)?["text"] is String)
        let prints = try #require(result["partialFingerprints"] as? [String: String])
        #expect(!prints.isEmpty)
        let locations = try #require(result["locations"] as? [Object])
        let place = try #require(locations.first?["physicalLocation"] as? Object)
        let artifact = try #require(place["artifactLocation"] as? Object)
        let uri = try #require(artifact["uri"] as? String)
        #expect(!uri.isEmpty && !uri.hasPrefix("/") && !uri.contains("\\"))
        #expect(URL(string: uri)?.scheme == nil && uri.removingPercentEncoding != nil)
        let bases = try #require(run["originalUriBaseIds"] as? Object)
        #expect(bases[try #require(artifact["uriBaseId"] as? String)] != nil)
        let region = try #require(place["region"] as? [String: Int])
        let (startLine, endLine) = (try #require(region["startLine"]), try #require(region["endLine"]))
        let (start, end) = (try #require(region["startColumn"]), try #require(region["endColumn"]))
        #expect(startLine >= 1 && endLine >= startLine && start >= 1 && end >= 1)
        #expect(endLine > startLine || end >= start)
        #expect(try #require(region["byteOffset"]) >= 0 && #require(region["byteLength"]) >= 0)
    }

    /// The places of a run's results, with the text that both regions of each say.
    private func texts(_ run: Object, in root: String) throws -> [String] {
        try #require(run["results"] as? [Object]).map { result in
            let place = try #require((result["locations"] as? [Object])?.first?["physicalLocation"] as? Object)
            let uri = try #require((place["artifactLocation"] as? Object)?["uri"] as? String)
            let region = try #require(place["region"] as? [String: Int])
            let bytes = try folder.read(root + (uri.removingPercentEncoding ?? ""))
            let offset = region["byteOffset", default: 0]
            let byBytes = String(decoding: bytes[offset..<offset + region["byteLength", default: 0]], as: UTF8.self)
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            let line = Array(lines[region["startLine", default: 0] - 1].utf16)
            let units = line[(region["startColumn", default: 0] - 1)..<(region["endColumn", default: 0] - 1)]
            #expect(String(decoding: units, as: UTF16.self) == byBytes)
            return "\(uri) \(byBytes)"
        }
    }

    @Test func bothRegionsSayTheValue() throws {
        try folder.write(
            "# 🐦🐦 ünï\nPUBLIC_URL=https://meet.wren.test\n# 🐦 meet.wren.test\r\n",
            to: "d/ä b:c/%41.env"
        )
        let found = try texts(run("d"), in: "")
        let uri = "d/%C3%A4%20b%3Ac/%2541.env"
        #expect(found == ["\(uri) meet.wren.test", "\(uri) meet.wren.test"])
    }

    @Test func pathsAreRelativeToTheWorkingFolder() throws {
        try folder.write("PUBLIC_URL=https://meet.wren.test\n", to: "d/e/.env")
        for path in ["d", "d/", "./d/.", folder.path + "/d"] {
            #expect(try texts(run(path), in: "") == ["d/e/.env meet.wren.test"], "\(path)")
        }
        #expect(try texts(run("d/e/.env"), in: "") == ["d/e/.env meet.wren.test"])
        #expect(try texts(run("."), in: "") == ["d/e/.env meet.wren.test"])
        let inside = tool(in: folder.path + "/d")
        let said = try inside.run(Tool.products + "/scrubjay", ["scan", "--format", "sarif", "../d"], input: [])
        #expect(said.text.contains(#""uri":"e/.env""#))
    }

    @Test func aFileBesideTheTextHasTheSame() throws {
        try folder.write("PUBLIC_URL=https://meet.wren.test\n", to: "d/.env")
        let alone = try tool.run(Tool.products + "/scrubjay", ["scan", "d", "--format", "sarif"], input: [])
        for _ in 1...2 {
            let both = try tool("scan", "d", "--sarif-file", "d/out.sarif")
            #expect(both.status == 1 && both.text.contains("meet.wren.test") == false && !both.text.isEmpty)
            #expect(try folder.read("d/out.sarif") == alone.output)
        }
        #expect(try tool("scan", "d", "--sarif-file", "nowhere/out.sarif").status == 2)
        #expect(try tool("scan", "d", "--sarif-file", "x", "--format", "sarif").status == 64)
    }

    @Test func nothingFoundIsAFileToo() throws {
        try folder.write("nothing\n", to: "d/a")
        #expect((try run("d")["results"] as? [Any])?.isEmpty == true)
    }

    @Test func whatCannotBeReadIsNoSuccess() throws {
        try folder.write("x", to: "d/a")
        let git = try GitFolder()
        try git.git("config", "uploadpack.allowFilter", "true")
        try git.folder.write("1", to: "a")
        try git.commit()
        try git.folder.write("2", to: "a")
        try git.commit()
        try git.git("clone", "--quiet", "--filter=blob:none", "file://" + git.path, folder.path + "/clone")
        let partial = try run("--history", "clone")
        let invocation = try #require((partial["invocations"] as? [Object])?.first)
        #expect(invocation["executionSuccessful"] as? Bool == false)
        let notes = try #require(invocation["toolExecutionNotifications"] as? [Object])
        #expect(notes.map { $0["level"] as? String } == ["error"])
    }
}
