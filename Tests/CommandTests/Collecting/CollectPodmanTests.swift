import Foundation
import TestKit
import Testing

/// Containers of podman, where it runs.
@Suite struct CollectPodmanTests {
    /// A podman with a storage of its own, told where by files that its variables name.
    private struct Podman {
        let folder: TemporaryFolder
        let tool: Tool

        init() throws {
            folder = try TemporaryFolder()
            // The machine may have a docker, too, which would be taken first.
            let program = PrivateEngine.find("podman") ?? ""
            try FileManager.default.createDirectory(atPath: folder.path + "/bin", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/bin/podman",
                withDestinationPath: program
            )
            try folder.write(
                """
                [engine]
                runtime = "runc"
                cgroup_manager = "cgroupfs"
                events_logger = "file"
                [containers]
                default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]

                """,
                to: "containers.conf"
            )
            try folder.write(
                """
                [storage]
                driver = "vfs"
                graphroot = "\(folder.path)/data"
                runroot = "\(folder.path)/run"

                """,
                to: "storage.conf"
            )
            tool = Tool(
                folder: folder.path,
                environment: [
                    "CONTAINERS_CONF": folder.path + "/containers.conf",
                    "CONTAINERS_STORAGE_CONF": folder.path + "/storage.conf", "SOURCE_DATE_EPOCH": "1767225600",
                    "PATH": "\(Tool.products):/usr/sbin:/usr/bin:/sbin:/bin",
                ]
            )
        }

        /// Makes an image, and says whether that works here.
        func makeImage() throws -> Bool {
            let busybox = PrivateEngine.find("busybox") ?? ""
            let image =
                "mkdir -p root/bin root/etc && cp '\(busybox)' root/bin/busybox && ln -sf busybox root/bin/sh && tar -C root -c . "
                + #"| podman import --change 'CMD ["/bin/busybox","sleep","1000"]' - jitsi/web:x"#
            return try tool.shell(image).status == 0
        }

        /// A command that starts containers: what watches them lives on, and must not keep a file open by which this
        /// process is waited for.
        static func closingFiles(_ command: String) -> String {
            #"bash -c 'for file in /proc/$$/fd/*; do number=${file##*/}; [ "$number" -le 2 ] || eval "exec $number>&-"; done; "#
                + "exec \(command)'"
        }

        /// What makes containers the same: what `inspect` says of their settings, without identifiers, times, the
        /// host's name, and what Compose and podman write down about themselves.
        func inspected() throws -> [String: NSDictionary] {
            let ids = try tool.shell("podman ps --all --quiet").text.split(separator: "\n").joined(separator: " ")
            let run = try tool.shell("podman inspect \(ids)")
            try #require(run.status == 0, "\(ids): \(run.said)")
            let list = try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [[String: Any]])
            var result: [String: NSDictionary] = [:]
            for container in list {
                var config = container["Config"] as? [String: Any] ?? [:]
                let labels = config["Labels"] as? [String: String] ?? [:]
                config["Labels"] = labels.filter {
                    !$0.key.hasPrefix("com.docker.compose.") && !$0.key.hasPrefix("io.podman.")
                }
                for name in ["Hostname", "CreateCommand"] { config[name] = nil }
                let annotations = config["Annotations"] as? [String: String] ?? [:]
                config["Annotations"] = annotations.filter { !$0.key.hasSuffix(".Created") }
                let own = { (line: String) in !line.hasPrefix("HOSTNAME=") }
                config["Env"] = (config["Env"] as? [String])?.filter(own).sorted()
                var host = container["HostConfig"] as? [String: Any] ?? [:]
                for name in ["LogConfig", "ContainerIDFile"] { host[name] = nil }
                host["Binds"] = (host["Binds"] as? [String])?.sorted()
                let mounts = (container["Mounts"] as? [[String: Any]] ?? []).sorted {
                    "\($0["Destination"] ?? "")" < "\($1["Destination"] ?? "")"
                }
                result[container["Name"] as? String ?? ""] = [
                    "image": container["Image"] ?? "", "config": config, "host": host, "mounts": mounts,
                ]
            }
            return result
        }

        func stop() throws {
            _ = try tool.shell(
                "podman rm --all --force --time 0; podman network rm --force meet_default; podman rmi --all --force; "
                    + "umount data/* 2>/dev/null"
            )
        }
    }

    private static let compose = """
        version: '2.4'
        services:
          web:
            image: jitsi/web:x
            restart: always
            volumes:
              - ${CONFIG}/web:/config
              - spool:/var/spool
            environment:
              - PUBLIC_URL=https://meet.wren.test
            labels:
              org.wren.owner: ada
            cap_add: [NET_ADMIN]
            user: "0:0"
            read_only: true
            ports: ["127.0.0.1:18443:443"]
        volumes:
          spool:

        """

    /// Whether a podman can start a container here: that takes root, runc, and a kernel that lets it.
    private static let runs: Bool = {
        guard geteuid() == 0,
            ["podman", "podman-compose", "runc", "busybox"].allSatisfy({ PrivateEngine.find($0) != nil })
        else {
            return false
        }
        guard let podman = try? Podman() else { return false }
        defer { try? podman.stop() }
        let run = Podman.closingFiles("podman run -d --name probe --network none jitsi/web:x")
        return (try? podman.makeImage() && podman.tool.shell(run).status == 0) ?? false
    }()

    @Test(.enabled(if: runs, "this takes root, and a podman that can start a container"), .timeLimit(.minutes(5)))
    func whatPodmanRunsIsCollectedAndMadeAgain() throws {
        let podman = try Podman()
        defer { try? podman.stop() }
        try podman.folder.write("name = web\n", to: "cfg/web/web.conf")
        try podman.folder.write(Self.compose, to: "project/docker-compose.yml")
        try podman.folder.write("CONFIG=\(podman.folder.path)/cfg\n", to: "project/.env")
        let compose = Podman.closingFiles("podman-compose --project-name meet up -d")
        #expect(try podman.makeImage())
        let start = try podman.tool.shell("cd project && \(compose)")
        #expect(start.status == 0, Comment(rawValue: start.said))
        #expect(
            try podman.tool.shell("podman exec meet_web_1 /bin/busybox sh -c 'echo mail > /var/spool/one'").status == 0
        )
        let collect = "PATH='\(podman.folder.path)/bin' '\(Tool.products)/scrubjay' collect docker:meet --output out"
        let run = try podman.tool.shell(collect)
        #expect(run.status == 0, Comment(rawValue: run.said))
        #expect(run.said.contains("found 1 container"))
        #expect(try podman.folder.read("out/config/web/web.conf") == Array("name = web\n".utf8))
        #expect(try podman.folder.read("out/volumes/meet_spool/one") == Array("mail\n".utf8))
        let written = String(decoding: try podman.folder.read("out/docker-compose.yml"), as: UTF8.self)
        #expect(written.hasPrefix("services:\n  web:\n"))
        #expect(written.contains("    environment:\n      PUBLIC_URL: ${PUBLIC_URL}\n"), Comment(rawValue: written))
        #expect(written.contains("      - \"${CONFIG}/web:/config\"\n"))
        #expect(written.contains("      nofile:\n        soft: 1024\n        hard: 1024\n"), Comment(rawValue: written))
        #expect(written.contains("    image: localhost/jitsi/web:x\n"))
        // podman's own variables and defaults are not the owner's.
        for noise in ["HOSTNAME", "container:", "TERM", "logging", "devices", "shm_size", "stop_signal", "working_dir"]
        {
            #expect(!written.contains(noise), "\(noise)\n\(written)")
        }
        #expect(!run.said.contains("not supported in a compose file"), Comment(rawValue: run.said))
        // Made again from what was collected, the containers are the same.
        let before = try podman.inspected()
        #expect(try podman.tool.shell("podman rm --all --force --time 0").status == 0)
        let up = try podman.tool.shell("cd out && \(compose)")
        #expect(up.status == 0, Comment(rawValue: up.said))
        let after = try podman.inspected()
        #expect(before.count == 1 && after.keys == before.keys, "\(before.keys), \(after.keys)")
        for (name, container) in before {
            for part in container.allKeys.compactMap({ $0 as? String }) {
                #expect(container[part] as? NSObject == after[name]?[part] as? NSObject, "\(name) \(part)")
            }
        }
        #expect(try podman.tool.shell("podman exec meet_web_1 /bin/busybox cat /var/spool/one").text == "mail\n")
    }
}
