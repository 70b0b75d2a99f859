import Collecting
import Foundation
import Rotating
import Sodium
import TestKit

/// A container engine of its own, with images made offline of this machine's programs, and a deployment that runs in
/// it.
final class ContainerHost {
    /// The engines.
    enum Engine {
        case docker
        case podman
    }

    static let passwords = [
        "JVB_AUTH_PASSWORD": "0b7e2290d4c6f41c5a83e5f1d08b96a4",
        "JICOFO_AUTH_PASSWORD": "3d1f7a90c25e4b8896aa01df73c4e512",
        "JICOFO_COMPONENT_SECRET": "5c8e1fa27b3d4096be14d9a0c7f26b83",
    ]
    static let turnSecret = "c5c8e1fa27b3d4096be14d9a0c7f26b8"

    let folder: TemporaryFolder
    let tool: Tool
    private let engine: Engine
    private let daemon: RunningProgram?
    private let environment: [String: String]
    /// Where podman keeps what runs; it wants a path of at most 50 characters.
    private let runFolder = "/tmp/sj-" + String(UUID().uuidString.prefix(13))

    /// Starts the engine and the containers of a release.
    ///
    /// - Parameters:
    ///   - engine: which engine.
    ///   - release: the tag of the images.
    ///   - start: what Prosody's start script does with accounts before it starts Prosody.
    ///   - isLarge: whether there are a Prosody for visitors and two TURN servers, too.
    /// - Throws: what starting them throws.
    init(_ engine: Engine = .docker, release: String, start: String, isLarge: Bool = false) throws {
        folder = try TemporaryFolder()
        self.engine = engine
        let root = folder.path
        switch engine {
        case .docker:
            let socket = "unix://\(root)/docker.sock"
            environment = ["DOCKER_HOST": socket, "COMPOSE_PROJECT_NAME": "meet"]
            daemon = try RunningProgram(
                "/usr/sbin/dockerd",
                [
                    "--host", socket, "--data-root", "\(root)/data", "--exec-root", "\(root)/exec", "--pidfile",
                    "\(root)/pid", "--bridge=none", "--iptables=false", "--ip6tables=false",
                ],
                log: "\(root)/dockerd.log"
            )
        case .podman:
            // Podman has no daemon: a script in front of PATH keeps its data in the test's folder.
            try folder.write(
                """
                #!/bin/bash
                export CONTAINERS_CONF=\(root)/containers.conf
                exec /usr/bin/podman --root \(root)/data --runroot \(runFolder) --storage-driver vfs \
                    --cgroup-manager cgroupfs --runtime runc "$@"

                """,
                to: "bin/podman"
            )
            try folder.write(
                "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=1024:1024\"]\n",
                to: "containers.conf"
            )
            environment = ["PATH": "\(root)/bin:\(Tool.products):/usr/sbin:/usr/bin:/sbin:/bin"]
            daemon = nil
        }
        tool = Tool(folder: root, environment: environment)
        if engine == .docker {
            try Services.wait { try tool.shell("docker info >/dev/null 2>&1").status == 0 }
        } else {
            try check("chmod 755 bin/podman")
        }
        try writeImages(release: release, start: start)
        try writeDeployment(release: release, isLarge: isLarge)
        try check("cd deployment && \(program)-compose --project-name meet up -d")
        for (user, setting) in [("jvb", "JVB_AUTH_PASSWORD"), ("focus", "JICOFO_AUTH_PASSWORD")] {
            try Services.wait { try logIn(user, Self.passwords[setting] ?? "") == "accepted" }
        }
    }

    deinit {
        _ = try? tool.shell("\(program) ps --all --quiet | xargs --no-run-if-empty \(program) rm --force --volumes")
        if engine == .podman { _ = try? tool.shell("podman network rm --force meet_default") }
        daemon?.stop()
        // What is still mounted into the folder must go before the folder does.
        _ = try? tool.shell(
            "grep -oE ' (\(folder.path)|\(runFolder))/[^ ]*' /proc/mounts | sort -r | xargs --no-run-if-empty umount --lazy; rm -rf \(runFolder)"
        )
    }

    /// The engine's command line.
    private var program: String { engine == .docker ? "docker" : "podman" }

    /// Runs `scrubjay rotate` on the deployment.
    func rotate(_ arguments: String...) throws -> Tool.Run {
        try tool.run(
            Tool.products + "/scrubjay",
            ["rotate", folder.path + "/deployment", "--docker", program] + arguments,
            input: []
        )
    }

    func shell(_ line: String) throws -> Tool.Run { try tool.shell(line) }

    /// The value of a variable in the deployment's `.env`.
    func value(_ name: String) throws -> String {
        let lines = String(decoding: try folder.read("deployment/.env"), as: UTF8.self).split(separator: "\n")
        let line = lines.first { $0.hasPrefix(name + "=") } ?? ""
        return String(line.dropFirst(name.count + 1))
    }

    /// What a Prosody says to a password, as a word.
    func logIn(_ user: String, _ password: String, at container: String = "meet_prosody_1") throws -> String {
        let programs = Programs(
            environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path].merging(environment) { $1 },
            pace: Prover.ofTest.pace
        )
        return Prover(programs: programs, random: .system).logIn(
            SecretBytes(copying: Array(password.utf8)),
            to: "\(user)@auth.meet.jitsi",
            by: [
                Route(
                    .container(container, engine: [engine == .docker ? program : folder.path + "/bin/podman"]),
                    port: 5222
                )
            ]
        ).word
    }

    private func check(_ line: String) throws {
        let run = try tool.shell(line)
        guard run.status == 0 else { throw ContainerFailure(line: line, said: run.said) }
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
            password_hash = "${PASSWORD_HASH:-SHA-1}"
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
        try folder.write("#!/bin/bash\ntrap 'exit 0' TERM\nsleep 100000 &\nwait\n", to: "rootfs/idle.sh")
        try check(
            """
            cd rootfs && chmod 755 start.sh idle.sh && mkdir -p etc proc sys dev tmp run var/lib config usr root \
            && for l in bin sbin lib lib64; do ln -sfn usr/$l $l; done \
            && cp -a /etc/passwd /etc/group /etc/ssl /etc/alternatives /etc/ld.so.cache etc/ && chmod 1777 tmp \
            && tar -c . > ../rootfs.tar && import() { \(program) import --change 'CMD ["'$1'"]'  - $2 < ../rootfs.tar; } \
            && import /start.sh jitsi/prosody:\(release) && import /idle.sh coturn/coturn:4.6 \
            && for r in web jicofo jvb; do import /idle.sh jitsi/$r:\(release) || exit 1; done
            """
        )
    }

    private func writeDeployment(release: String, isLarge: Bool) throws {
        let prosody = ["prosody"] + (isLarge ? ["prosody-visitors"] : [])
        var compose = "version: '3'\nservices:\n"
        for service in ["web"] + prosody + ["jicofo", "jvb"] {
            compose += """
                    \(service):
                        image: jitsi/\(service.hasPrefix("prosody") ? "prosody" : service):${JITSI_IMAGE_VERSION}
                        stop_grace_period: 1s
                        volumes:
                            - /usr:/usr:ro
                            - ./cfg/\(service):/config
                        environment:
                            - JVB_AUTH_PASSWORD=${JVB_AUTH_PASSWORD}
                            - JICOFO_AUTH_PASSWORD=${JICOFO_AUTH_PASSWORD}
                            - JICOFO_COMPONENT_SECRET=${JICOFO_COMPONENT_SECRET}
                            - PASSWORD_HASH=\(service == "prosody-visitors" ? "SHA-256" : "SHA-1")
                \(network)

                """
        }
        var values = Self.passwords.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
        if isLarge {
            values += "TURN_CREDENTIALS=\(Self.turnSecret)\n"
            compose += try writeTURN()
        }
        try folder.write(compose, to: "deployment/docker-compose.yml")
        try folder.write(
            "COMPOSE_PROJECT_NAME=meet\nJITSI_IMAGE_VERSION=\(release)\n" + values,
            to: "deployment/.env"
        )
    }

    /// Docker's engine here has no bridge; podman's Compose wants one.
    private var network: String { engine == .docker ? "        network_mode: none" : "" }

    /// Three TURN servers: they read their secret from a file, from their arguments, and from arguments that name a
    /// variable.
    private func writeTURN() throws -> String {
        let common = [
            "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--no-tls", "--no-dtls", "--no-cli",
            "--realm=meet.jitsi",
            "--use-auth-secret", "--allow-loopback-peers", "--pidfile=/tmp/turn.pid", "--userdb=/tmp/turn.db",
            "--log-file=stdout",
        ]
        let lines = common.map { $0.dropFirst(2) } + ["listening-port=3480", "static-auth-secret=\(Self.turnSecret)"]
        try folder.write(lines.joined(separator: "\n") + "\n", to: "deployment/cfg/coturn/turnserver.conf")
        func service(_ name: String, _ command: [String]) -> String {
            """
                \(name):
                    image: coturn/coturn:4.6
                    command: [\(command.map { "\"\($0)\"" }.joined(separator: ", "))]
                    stop_grace_period: 1s
                    volumes:
                        - /usr:/usr:ro
                        - ./cfg/coturn:/config:ro
            \(network)

            """
        }
        return service("coturn", ["turnserver", "-c", "/config/turnserver.conf", "--listening-port=3480"])
            + service(
                "coturn-arguments",
                ["turnserver", "-n"] + common + ["--listening-port=3480", "--static-auth-secret=\(Self.turnSecret)"]
            )
            + service(
                "coturn-variable",
                ["turnserver", "-n"] + common + ["--listening-port=3480", "--static-auth-secret=${TURN_CREDENTIALS}"]
            )
    }
}

struct ContainerFailure: Error {
    var line: String
    var said: String
}
