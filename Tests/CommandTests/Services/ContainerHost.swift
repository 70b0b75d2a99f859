import Collecting
import Foundation
import Rotating
import Sodium
import TestKit

/// A Docker Engine of its own, with images made offline of this machine's programs, and a deployment that runs in it.
final class DockerHost {
    static let passwords = [
        "JVB_AUTH_PASSWORD": "0b7e2290d4c6f41c5a83e5f1d08b96a4",
        "JICOFO_AUTH_PASSWORD": "3d1f7a90c25e4b8896aa01df73c4e512",
        "JICOFO_COMPONENT_SECRET": "5c8e1fa27b3d4096be14d9a0c7f26b83",
    ]

    let folder: TemporaryFolder
    let tool: Tool
    private let engine: RunningProgram

    /// Starts the engine and the four containers of a release.
    ///
    /// - Parameters:
    ///   - era: the tag of the images.
    ///   - start: what Prosody's start script does with accounts before it starts Prosody.
    /// - Throws: what starting them throws.
    init(era: String, start: String) throws {
        folder = try TemporaryFolder()
        let root = folder.path
        let socket = "unix://\(root)/docker.sock"
        tool = Tool(folder: root, environment: ["DOCKER_HOST": socket, "COMPOSE_PROJECT_NAME": "meet"])
        engine = try RunningProgram(
            "/usr/sbin/dockerd",
            [
                "--host", socket, "--data-root", "\(root)/data", "--exec-root", "\(root)/exec", "--pidfile",
                "\(root)/pid",
                "--bridge=none", "--iptables=false", "--ip6tables=false",
            ],
            log: "\(root)/dockerd.log"
        )
        try Services.wait { try tool.shell("docker info >/dev/null 2>&1").status == 0 }
        try writeImages(release: era, start: start)
        try writeDeployment(release: era)
        try check("cd deployment && docker-compose up -d")
        try Services.wait { try logIn("jvb", Self.passwords["JVB_AUTH_PASSWORD"] ?? "") == "accepted" }
        try Services.wait { try logIn("focus", Self.passwords["JICOFO_AUTH_PASSWORD"] ?? "") == "accepted" }
    }

    deinit {
        _ = try? tool.shell("docker ps --all --quiet | xargs --no-run-if-empty docker rm --force --volumes")
        engine.stop()
        // What is still mounted into the folder must go before the folder does.
        _ = try? tool.shell(
            "grep -o ' \(folder.path)/[^ ]*' /proc/mounts | sort -r | xargs --no-run-if-empty umount --lazy"
        )
    }

    /// Runs `scrubjay rotate` on the deployment.
    func rotate(_ arguments: String...) throws -> Tool.Run {
        try tool.run(
            Tool.products + "/scrubjay",
            ["rotate", folder.path + "/deployment"] + arguments,
            input: []
        )
    }

    func shell(_ line: String) throws -> Tool.Run { try tool.shell(line) }

    /// What Prosody says to a password, as a word.
    func logIn(_ user: String, _ password: String) throws -> String {
        let environment = [
            "DOCKER_HOST": "unix://\(folder.path)/docker.sock", "PATH": "/usr/bin:/bin", "HOME": folder.path,
        ]
        let prover = Prover(
            programs: Programs(environment: environment, pace: Prover.ofTest.pace),
            random: .system
        )
        return prover.logIn(
            SecretBytes(copying: Array(password.utf8)),
            to: "\(user)@auth.meet.jitsi",
            by: [Route(.container("meet_prosody_1", engine: ["docker"]), port: 5222)]
        ).word
    }

    private func check(_ line: String) throws {
        let run = try tool.shell(line)
        guard run.status == 0 else { throw DockerFailure(line: line, said: run.said) }
    }

    private func writeImages(release: String, start: String) throws {
        try folder.write(
            """
            #!/bin/bash
            C=/config/prosody.cfg.lua
            render() { cat > $C <<L
            pidfile = "/run/prosody.pid"; data_path = "/config/data"; run_as_root = true; admin_socket = "/run/prosody.sock"
            c2s_ports = { 5222 }; c2s_interfaces = { "127.0.0.1" }; s2s_ports = { }; http_ports = { }; https_ports = { }
            component_ports = { 5347 }; component_interface = "127.0.0.1"
            modules_enabled = { "roster"; "saslauth"; "tls"; "disco"; "ping"; "posix"; "admin_shell" }
            modules_disabled = { "s2s"; "register"; "offline" }
            authentication = "internal_hashed"; default_iteration_count = 256; log = { { levels = { min = "info" }, to = "console" } }
            VirtualHost "auth.meet.jitsi"
             ssl = { key = "/config/auth.key"; certificate = "/config/auth.crt" }
            Component "focus.meet.jitsi"
             component_secret = "$JICOFO_COMPONENT_SECRET"
            L
            }
            mkdir -p /config/data
            [ -f /config/auth.key ] || openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout /config/auth.key \
            -out /config/auth.crt -subj /CN=auth.meet.jitsi 2>/dev/null
            \(start)
            exec prosody --config $C -F

            """,
            to: "rootfs/start.sh"
        )
        try folder.write("#!/bin/bash\nexec sleep 100000\n", to: "rootfs/idle.sh")
        try check(
            """
            cd rootfs && chmod 755 start.sh idle.sh && mkdir -p etc proc sys dev tmp run var/lib config usr root \
            && for l in bin sbin lib lib64; do ln -sfn usr/$l $l; done \
            && cp -a /etc/passwd /etc/group /etc/ssl /etc/alternatives /etc/ld.so.cache etc/ && chmod 1777 tmp \
            && tar -c . | docker import --change 'CMD ["/start.sh"]' - jitsi/prosody:\(release) \
            && for r in web jicofo jvb; do \
            tar -c . | docker import --change 'CMD ["/idle.sh"]' - jitsi/$r:\(release) || exit 1; done
            """
        )
    }

    private func writeDeployment(release: String) throws {
        var compose = "version: '3'\nservices:\n"
        for service in ["web", "prosody", "jicofo", "jvb"] {
            compose += """
                    \(service):
                        image: jitsi/\(service):${JITSI_IMAGE_VERSION}
                        network_mode: none
                        stop_grace_period: 1s
                        volumes:
                            - /usr:/usr:ro
                            - ./cfg/\(service):/config
                        environment:
                            - JVB_AUTH_PASSWORD
                            - JICOFO_AUTH_PASSWORD
                            - JICOFO_COMPONENT_SECRET

                """
        }
        try folder.write(compose, to: "deployment/docker-compose.yml")
        let values = Self.passwords.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
        try folder.write(
            "COMPOSE_PROJECT_NAME=meet\nJITSI_IMAGE_VERSION=\(release)\n" + values,
            to: "deployment/.env"
        )
    }
}

struct DockerFailure: Error {
    var line: String
    var said: String
}
