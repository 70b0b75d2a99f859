import Foundation
import TestKit
import Testing

/// What is collected from containers goes the whole way, and comes back as containers.
@Suite struct PublishedContainersTests {
    @Test(
        .enabled(if: PrivateEngine.isAvailable, "this takes root, docker.io, docker-compose and busybox-static"),
        .timeLimit(.minutes(10))
    )
    func containersAreCollectedSanitizedBundledHydratedAndStartedAgain() throws {
        let engine = try PrivateEngine()
        defer { try? engine.stop() }
        try ContainerSample.arrange(engine)
        let place = try TemporaryFolder()
        let tool = engine.tool(in: place.path)
        func done(_ line: String) throws -> Tool.Run {
            let run = try tool.shell(line)
            #expect(run.status == 0, Comment(rawValue: line + "\n" + run.text + run.said))
            return run
        }
        _ = try done("scrubjay collect docker:meet --output out")
        _ = try done("scrubjay sanitize out --output clean --no-map")
        let clean = try TemporaryFolder.files(in: place.path + "/clean").flatMap { try place.read("clean/" + $0) }
        for value in ["0f1e2d3c4b5a6978", "f1af1b4097ffa98c", "wren.test", "245.35.72.19"] {
            #expect(!String(decoding: clean, as: UTF8.self).contains(value), "\(value)")
        }
        _ = try done("scrubjay keygen --output key --no-password")
        _ = try done("scrubjay bundle clean --output meet.tar.gz --key key.key --name meet --bundle-version 1.0")
        _ = try done("scrubjay verify meet.tar.gz --public-key key.pub")
        // What runs is what was published, whatever its values are.
        #expect(try done("scrubjay drift meet.tar.gz docker:meet --public-key key.pub").text == "")
        let values = [
            "public_domain=finch.test", "letsencrypt_email=bo@finch.test", "docker_host_address=203.0.113.7",
        ]
        let settings = values.map { "--set " + $0 }.joined(separator: " ")
        _ = try done("scrubjay hydrate meet.tar.gz --public-key key.pub --output mine \(settings)")
        _ = try done("docker ps --all --quiet | xargs docker rm --force")
        _ = try done("cd mine && CONFIG=\"$PWD/config\" docker-compose up -d")
        let running = try done("docker ps --format '{{.Names}}'").text.split(separator: "\n").sorted()
        #expect(running == ["meet_jicofo_1", "meet_jvb_1", "meet_prosody_1", "meet_web_1"])
        func variable(_ name: String, of service: String) throws -> String {
            let format = "{{range .Config.Env}}{{println .}}{{end}}"
            let lines = try done("docker inspect --format '\(format)' meet_\(service)_1").text.split(separator: "\n")
            return lines.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) } ?? ""
        }
        let password = try variable("JVB_AUTH_PASSWORD", of: "jvb")
        #expect(password.count == 32 && password != "0f1e2d3c4b5a69788796a5b4c3d2e1f0")
        #expect(try variable("JVB_AUTH_PASSWORD", of: "prosody") == password)
        #expect(try variable("PUBLIC_URL", of: "web") == "https://meet.finch.test")
        #expect(try variable("DOCKER_HOST_ADDRESS", of: "jvb") == "203.0.113.7")
        let file = try done("docker exec meet_jvb_1 /bin/busybox cat /config/jvb.conf")
        #expect(file.text == "name = jvb\n")
        // The folder lies elsewhere; nothing else is different, until somebody changes it.
        let settled = try tool("drift", "meet.tar.gz", "docker:meet", "--public-key", "key.pub")
        #expect(settled.text.split(separator: "\n").count == 3, Comment(rawValue: settled.text))
        #expect(settled.text.contains("  + line 2: CONFIG: "), Comment(rawValue: settled.text))
        let line =
            "docker rm --force meet_jvb_1 && cd mine && JVB_AUTH_PASSWORD=other CONFIG=\"$PWD/config\" docker-compose up -d jvb"
        _ = try done(line)
        let drift = try tool("drift", "meet.tar.gz", "docker:meet", "--public-key", "key.pub")
        #expect(drift.status == 1)
        #expect(drift.text.contains("changed docker-compose.yml\n"), Comment(rawValue: drift.text))
        #expect(!(drift.text + drift.said).contains(password))
    }

    private static let compose = """
        version: '2.4'
        services:
          web:
            image: REGISTRY/jitsi/web:x
            networks:
              front:
                ipv4_address: 198.18.7.9
                aliases: [meet.finch.test]
              back: {}
            volumes: ['spool:/var/spool']
          other:
            image: REGISTRY/jitsi/web:x
            networks: [back]
        networks:
          front:
            ipam:
              config:
                - subnet: 198.18.7.0/24
          back:
            internal: true
        volumes:
          spool:

        """

    @Test(
        .enabled(
            if: PrivateEngine.isAvailable && PrivateRegistry.isAvailable,
            "this takes root, docker.io, docker-compose, busybox-static and docker-registry"
        ),
        .timeLimit(.minutes(10))
    )
    func imagesByDigestNetworksAndVolumesAreMadeAgain() throws {
        let engine = try PrivateEngine()
        defer { try? engine.stop() }
        let registry = try PrivateRegistry()
        defer { registry.stop() }
        let image = registry.host + "/jitsi/web"
        try engine.makeImage(image + ":x", changes: [#"CMD ["/bin/busybox", "sleep", "1000"]"#])
        func done(_ line: String, in place: String? = nil) throws -> Tool.Run {
            let run = try engine.shell(line, in: place)
            #expect(run.status == 0, Comment(rawValue: line + "\n" + run.text + run.said))
            return run
        }
        _ = try done("for i in 1 2 3 4 5; do docker push \(image):x && exit 0; sleep 1; done; exit 1")
        let text = Self.compose.replacing("REGISTRY", with: registry.host)
        try engine.folder.write(text, to: "project/docker-compose.yml")
        let project = engine.folder.path + "/project"
        _ = try done("docker-compose -p meet up -d", in: project)
        let fill =
            "cd /var/spool && echo mail > one && ln -s one two && ln -s /etc/passwd three && chown 101:102 one && chmod 640 one"
        _ = try done(
            "docker exec meet_web_1 /bin/busybox sh -c 'PATH=/bin; for i in ln chown chmod; do busybox ln -sf busybox /bin/$i; done; \(fill)'"
        )
        let inspect =
            "docker inspect --format '{{json .Image}} {{json .Mounts}} {{range $n, $v := .NetworkSettings.Networks}}"
            + "{{$n}} {{json .IPAMConfig}}{{end}}' meet_web_1 meet_other_1; docker network inspect --format "
            + "'{{.Name}} {{.Internal}} {{if eq .Name \"meet_front\"}}{{json .IPAM.Config}}{{end}}' meet_front meet_back"
        let before = try done(inspect).text
        let place = try TemporaryFolder()
        let run = try engine.tool(in: place.path)("collect", "docker:meet", "--output", "out")
        #expect(run.status == 0, Comment(rawValue: run.said))
        #expect(run.said.contains("left out: volumes/meet_spool/three (a link that leads outside)"))
        let compose = String(decoding: try place.read("out/docker-compose.yml"), as: UTF8.self)
        #expect(compose.components(separatedBy: "    image: \"\(image)@sha256:").count == 3, Comment(rawValue: compose))
        #expect(compose.contains("    # \(image):x\n"))
        #expect(compose.contains("        - subnet: \"198.18.7.0/24\"\n"), Comment(rawValue: compose))
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: place.path + "/out/volumes/meet_spool/two")
                == "one"
        )
        let record = String(decoding: try place.read("out/deployment.json"), as: UTF8.self)
        #expect(record.contains("\"mode\": \"0640\",\n      \"owner\": \"101:102\""), Comment(rawValue: record))
        // Nothing of it is left but what was collected, the volume and the registry's image.
        _ = try done("docker-compose -p meet down && docker rmi --force \(image):x", in: project)
        _ = try done("docker-compose up -d", in: place.path + "/out")
        #expect(try done(inspect).text == before)
    }
}
