import Foundation
import TestKit
import Testing

@Suite struct CollectContainersTests {
    /// What makes containers the same: all that `inspect` says, without identifiers, times, and what Compose writes
    /// down of its files.
    private func inspected(_ engine: PrivateEngine) throws -> [String: NSDictionary] {
        let ids = try engine.shell("docker ps --all --quiet").text.split(separator: "\n").joined(separator: " ")
        let json = try engine.shell("docker inspect \(ids)").output
        let list = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [[String: Any]])
        var result: [String: NSDictionary] = [:]
        for container in list {
            var config = container["Config"] as? [String: Any] ?? [:]
            var labels = config["Labels"] as? [String: String] ?? [:]
            labels = labels.filter { !$0.key.hasPrefix("com.docker.compose.") }
            config["Labels"] = labels
            config["Hostname"] = nil
            config["Env"] = (config["Env"] as? [String])?.sorted()
            // The name by which the image was asked for.
            let mounts = (container["Mounts"] as? [[String: Any]] ?? []).sorted {
                "\($0["Destination"] ?? "")" < "\($1["Destination"] ?? "")"
            }
            var host = container["HostConfig"] as? [String: Any] ?? [:]
            host["Binds"] = (host["Binds"] as? [String])?.sorted()
            result[container["Name"] as? String ?? ""] = [
                "image": container["Image"] ?? "", "config": config, "host": host, "mounts": mounts,
            ]
        }
        return result
    }

    @Test(
        .enabled(if: PrivateEngine.isAvailable, "this takes root, docker.io, docker-compose and busybox-static"),
        .timeLimit(.minutes(5))
    )
    func whatRunsIsCollectedAndMadeAgain() throws {
        let engine = try PrivateEngine()
        defer { try? engine.stop() }
        try ContainerSample.arrange(engine)
        let before = try inspected(engine)
        #expect(before.count == 4)
        let place = try TemporaryFolder()
        let tool = engine.tool(in: place.path)
        let run = try tool("collect", "docker:meet", "--output", "out")
        #expect(run.status == 0, Comment(rawValue: run.said))
        #expect(run.said.contains("found 4 containers"))
        #expect(try place.permissions(of: "out") == 0o700)
        #expect(try place.permissions(of: "out/.env") == 0o600)
        #expect(try place.read("out/config/web/keys/key.pem") == Array("-----BEGIN-----\n".utf8))
        #expect(try place.read("out/config/jvb/jvb.conf") == Array("name = jvb\n".utf8))
        #expect(try place.read("out/volumes/meet_spool/one") == Array("mail\n".utf8))
        let compose = String(decoding: try place.read("out/docker-compose.yml"), as: UTF8.self)
        #expect(!compose.contains("IMAGE_SETTING") && !compose.contains("maintainer"))
        #expect(!compose.contains("0f1e2d3c4b5a69788796a5b4c3d2e1f0"))
        #expect(compose.contains("PUBLIC_URL: ${PUBLIC_URL}"))
        #expect(compose.contains("LOG: ${PROSODY_LOG}") && compose.contains("LOG: ${JICOFO_LOG}"))
        let config = try tool.shell("cd out && docker-compose config --quiet")
        #expect(config.status == 0, Comment(rawValue: config.said))
        // Made again from what was collected, the containers are the same.
        #expect(try engine.shell("docker ps --all --quiet | xargs docker rm --force").status == 0)
        let up = try tool.shell("cd out && docker-compose up -d")
        #expect(up.status == 0, Comment(rawValue: up.said))
        let after = try inspected(engine)
        #expect(after.keys.sorted() == before.keys.sorted())
        for (name, container) in before {
            for part in container.allKeys.compactMap({ $0 as? String }) {
                let old = container[part] as? NSObject
                let new = after[name]?[part] as? NSObject
                #expect(old == new, "\(name) \(part)")
            }
        }
        // The README shows it.
        let shown = try #require(try ReadmeTests.blocks.first { $0.command.contains(" docker:meet ") })
        let told = try tool.shell(shown.command)
        // How much it is depends on the name of the temporary folder.
        let withoutSize = { (line: String) in line.hasPrefix("wrote ") ? String(line.prefix { $0 != "," }) : line }
        #expect(told.said.split(separator: "\n").map { withoutSize(String($0)) } == shown.said.map(withoutSize))
        // Collecting twice gives the same.
        let again = try tool("collect", "docker:meet", "--output", "again")
        #expect(again.status == 0, Comment(rawValue: again.said))
        #expect(try tool.shell("diff -r out again").text == "")
    }

    @Test(
        .enabled(if: PrivateEngine.isAvailable, "this takes root, docker.io, docker-compose and busybox-static"),
        .timeLimit(.minutes(5))
    )
    func containersStartedByHandAreFoundByTheirNames() throws {
        let engine = try PrivateEngine()
        defer { try? engine.stop() }
        try engine.makeImage("jitsi/web:x", changes: [#"CMD ["/bin/busybox", "sleep", "1000"]"#])
        let start =
            "docker run -d --network none --name klt-jitsi-web-abcd -e PUBLIC_URL=https://meet.wren.test jitsi/web:x"
        #expect(try engine.shell(start).status == 0)
        let place = try TemporaryFolder()
        let tool = engine.tool(in: place.path)
        let run = try tool("collect", "docker:jitsi-web", "--output", "out")
        #expect(run.status == 0, Comment(rawValue: run.said))
        let compose = String(decoding: try place.read("out/docker-compose.yml"), as: UTF8.self)
        #expect(compose.hasPrefix("services:\n  jitsi-web:\n"))
        let nothing = try tool("collect", "docker:other", "--output", "other")
        #expect(nothing.status == 2)
        #expect(nothing.said.contains("there are no containers of project 'other'"))
    }

    @Test func withoutAnEngineItSaysSo() throws {
        let place = try TemporaryFolder()
        let run = try Tool(folder: place.path, environment: ["PATH": Tool.products])(
            "collect",
            "docker:meet",
            "--output",
            "out"
        )
        #expect(run.status == 2)
        #expect(run.said.contains("this needs docker or podman; neither is in PATH"))
    }
}
