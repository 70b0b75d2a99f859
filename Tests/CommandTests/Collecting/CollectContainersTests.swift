import Foundation
import TestKit
import Testing

@Suite struct CollectContainersTests {
    /// Four services in the shape of docker-jitsi-meet; the engine has no bridge, so that they share the machine's network or none.
    private static let compose = """
        version: '2.4'
        services:
          web:
            image: jitsi/web:stable-4384-1
            network_mode: none
            restart: always
            volumes:
              - ${CONFIG}/web:/config
            environment:
              - PUBLIC_URL
              - LETSENCRYPT_EMAIL
              - MOTTO
            labels:
              org.wren.owner: ada
            cap_add: [NET_ADMIN]
            stop_signal: SIGINT
          prosody:
            image: jitsi/prosody:stable-4384-1
            network_mode: none
            volumes:
              - ${CONFIG}/prosody:/config
              - spool:/var/spool
            environment: [JVB_AUTH_PASSWORD, JICOFO_AUTH_PASSWORD, LOG=info]
            expose: ['5222']
          jicofo:
            image: jitsi/jicofo:stable-4384-1
            network_mode: none
            volumes: ['${CONFIG}/jicofo:/config:ro']
            environment: [JICOFO_AUTH_PASSWORD, LOG=debug]
            depends_on: [prosody]
            entrypoint: ["/bin/sh", "-c"]
            command: ["exec /bin/busybox sleep 1000 # $$HOME"]
          jvb:
            image: jitsi/jvb:stable-4384-1
            network_mode: none
            user: "1000:1000"
            tmpfs: /run
            read_only: true
            mem_limit: 64m
            volumes: ['${CONFIG}/jvb:/config']
            environment: [JVB_AUTH_PASSWORD, DOCKER_HOST_ADDRESS]
        volumes:
          spool:

        """

    private func arrange(_ engine: PrivateEngine) throws -> String {
        for service in ["web", "prosody", "jicofo", "jvb"] {
            try engine.makeImage(
                "jitsi/\(service):stable-4384-1",
                changes: [
                    #"CMD ["/bin/busybox", "sleep", "1000"]"#, "ENV IMAGE_SETTING=of-the-image",
                    "LABEL maintainer=nobody",
                    "EXPOSE 80",
                ]
            )
            try engine.folder.write("name = \(service)\n", to: "cfg/\(service)/\(service).conf")
        }
        try engine.folder.write("-----BEGIN-----\n", to: "cfg/web/keys/key.pem")
        try engine.folder.write(Self.compose, to: "project/docker-compose.yml")
        try engine.folder.write(
            """
            CONFIG=\(engine.folder.path)/cfg
            PUBLIC_URL=https://meet.wren.test
            LETSENCRYPT_EMAIL=ada@wren.test
            MOTTO='Grün $ecret # "quoted"'
            JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0
            JICOFO_AUTH_PASSWORD=f1af1b4097ffa98cb57ef14c52357d9a
            DOCKER_HOST_ADDRESS=245.35.72.19

            """,
            to: "project/.env"
        )
        let up = try engine.shell("docker-compose -p meet up -d", in: engine.folder.path + "/project")
        #expect(up.status == 0, Comment(rawValue: up.said))
        _ = try engine.shell("docker exec meet_prosody_1 /bin/busybox sh -c 'echo mail > /var/spool/one'")
        return engine.folder.path + "/project"
    }

    /// What makes containers the same: all that `inspect` says, without identifiers, times, and what Compose writes down of its files.
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
        _ = try arrange(engine)
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
        #expect(nothing.said.contains("there is no container of a project 'other'"))
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
        #expect(run.said.contains("this takes docker or podman, and there is neither in PATH"))
    }
}
