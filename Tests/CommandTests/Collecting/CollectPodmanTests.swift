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

        /// Starts a container, and says whether that works here.
        func start(_ arguments: String) throws -> Bool {
            let busybox = PrivateEngine.find("busybox") ?? ""
            let image =
                "mkdir -p root/bin root/etc && cp '\(busybox)' root/bin/busybox && ln -sf busybox root/bin/sh && tar -C root -c . "
                + #"| podman import --change 'CMD ["/bin/busybox","sleep","1000"]' - jitsi/web:x"#
            // What watches the container lives on, and must not keep a file open by which this process is waited for.
            let run =
                #"bash -c 'for file in /proc/$$/fd/*; do number=${file##*/}; [ "$number" -le 2 ] || eval "exec $number>&-"; done; "#
                + "exec podman run -d \(arguments) jitsi/web:x'"
            return try tool.shell(image).status == 0 && tool.shell(run).status == 0
        }

        func stop() throws {
            _ = try tool.shell("podman rm --all --force --time 0; podman rmi --all --force; umount data/* 2>/dev/null")
        }
    }

    /// Whether a podman can start a container here: that takes root, runc, and a kernel that lets it.
    private static let runs: Bool = {
        guard geteuid() == 0, ["podman", "runc", "busybox"].allSatisfy({ PrivateEngine.find($0) != nil }) else {
            return false
        }
        guard let podman = try? Podman() else { return false }
        defer { try? podman.stop() }
        return (try? podman.start("--name probe --network none")) ?? false
    }()

    @Test(.enabled(if: runs, "this takes root, and a podman that can start a container"), .timeLimit(.minutes(5)))
    func whatPodmanRunsIsCollectedAndMadeAgain() throws {
        let podman = try Podman()
        defer { try? podman.stop() }
        try podman.folder.write("name = web\n", to: "cfg/web/web.conf")
        let arguments =
            "--name meet_web_1 --network none -e PUBLIC_URL=https://meet.wren.test -v \"\(podman.folder.path)/cfg/web:/config\" "
            + "-v spool:/var/spool --label com.docker.compose.project=meet --label com.docker.compose.service=web"
        #expect(try podman.start(arguments))
        #expect(
            try podman.tool.shell("podman exec meet_web_1 /bin/busybox sh -c 'echo mail > /var/spool/one'").status == 0
        )
        let collect = "PATH='\(podman.folder.path)/bin' '\(Tool.products)/scrubjay' collect docker:meet --output out"
        let run = try podman.tool.shell(collect)
        #expect(run.status == 0, Comment(rawValue: run.said))
        #expect(run.said.contains("found 1 container"))
        #expect(try podman.folder.read("out/config/web/web.conf") == Array("name = web\n".utf8))
        #expect(try podman.folder.read("out/volumes/spool/one") == Array("mail\n".utf8))
        let compose = String(decoding: try podman.folder.read("out/docker-compose.yml"), as: UTF8.self)
        #expect(compose.hasPrefix("services:\n  web:\n"))
        #expect(compose.contains("    environment:\n      PUBLIC_URL: ${PUBLIC_URL}\n"), Comment(rawValue: compose))
        #expect(compose.contains("      - \"${CONFIG}/web:/config\"\n"))
        #expect(compose.contains("      nofile:\n        soft: 1024\n        hard: 1024\n"), Comment(rawValue: compose))
        #expect(compose.contains("    image: localhost/jitsi/web:x\n"))
        // podman's own variables and defaults are not the owner's.
        for noise in ["HOSTNAME", "container:", "TERM", "logging", "devices", "shm_size", "stop_signal", "working_dir"]
        {
            #expect(!compose.contains(noise), "\(noise)\n\(compose)")
        }
        #expect(!run.said.contains("a compose file is not given it"), Comment(rawValue: run.said))
    }
}
