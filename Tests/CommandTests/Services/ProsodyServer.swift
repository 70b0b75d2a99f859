import Foundation
import TestKit

/// A Prosody of its own on the loopback, with a deployment folder whose files it reads.
final class ProsodyServer {
    let folder: TemporaryFolder
    let tool: Tool
    let port: Int
    let componentPort: Int
    private var program: RunningProgram?

    /// The deployment's folder, relative to the test's.
    static let deployment = "deployment"
    /// The passwords of the accounts when the server was started, which no other server has.
    let passwords = ["jvb": ProsodyServer.invented(), "focus": ProsodyServer.invented()]
    let componentSecret = ProsodyServer.invented()

    private static func invented() -> String {
        UUID().uuidString.lowercased().filter { $0 != "-" }
    }

    /// Where the deployment's files have passwords and domains.
    enum Layout {
        /// As docker-jitsi-meet: in `.env`, with the usual domains.
        case environment
        /// As Debian's packages: in the files of each part, below `/etc`.
        case packages
    }

    /// The domain of the accounts.
    let domain: String

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - layout: where the deployment's files have passwords and domains.
    ///   - hash: by which it keeps passwords, and so how one logs in by SCRAM: `SHA-1` or `SHA-256`.
    /// - Throws: what starting it throws.
    init(_ layout: Layout = .environment, hash: String = "SHA-1") throws {
        domain = layout == .environment ? "auth.meet.jitsi" : "auth.meet.example.com"
        folder = try TemporaryFolder()
        tool = Tool(folder: folder.path)
        port = try Services.freePort()
        componentPort = try Services.freePort()
        let root = folder.path
        try folder.write(
            """
            pidfile = "\(root)/prosody.pid"
            data_path = "\(root)/data"
            run_as_root = true
            admin_socket = "\(root)/prosody.sock"
            interfaces = { "127.0.0.1" }
            c2s_ports = { \(port) }
            component_ports = { \(componentPort) }
            component_interface = "127.0.0.1"
            http_ports = { }
            https_ports = { }
            s2s_ports = { }
            modules_enabled = { "roster"; "saslauth"; "tls"; "disco"; "ping"; "posix"; "admin_shell" }
            modules_disabled = { "offline"; "register"; "s2s" }
            authentication = "internal_hashed"
            password_hash = "\(hash)"
            default_iteration_count = 256
            log = { { levels = { min = "info" }, to = "console" } }
            VirtualHost "\(domain)"
                ssl = { key = "\(root)/auth.key"; certificate = "\(root)/auth.crt" }
            Component "focus.\(domain.dropFirst("auth.".count))"
                component_secret = "\(componentSecret)"

            """,
            to: Self.deployment + "/prosody/prosody.cfg.lua"
        )
        try writePasswords(layout)
        // Started anew for a component's secret: Prosody itself reads its files again.
        try folder.write(
            "#!/bin/bash\n[ \"$1\" = prosody ] || exit 0\nprosodyctl --config \(configuration) shell config reload >/dev/null 2>&1\n",
            to: "restart"
        )
        try FileManager.default.createDirectory(atPath: root + "/data", withIntermediateDirectories: true)
        let made = try tool.shell(
            "chmod 755 restart; openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout auth.key -out auth.crt "
                + "-subj /CN=\(domain)"
        )
        guard made.status == 0 else { throw POSIXError(.EINVAL) }
        program = try RunningProgram(
            "/usr/bin/prosody",
            ["--config", configuration, "-F"],
            log: root + "/prosody.log"
        )
        try Services.wait { FileManager.default.fileExists(atPath: root + "/prosody.sock") }
        for (user, password) in passwords.sorted(by: { $0.key < $1.key }) {
            let run = try tool.shell(
                "prosodyctl --config \(configuration) register \(user) \(domain) \(password)"
            )
            guard run.status == 0 else { throw POSIXError(.EACCES) }
        }
    }

    private func writePasswords(_ layout: Layout) throws {
        let (jvb, focus) = (passwords["jvb"] ?? "", passwords["focus"] ?? "")
        switch layout {
        case .environment:
            try folder.write(
                "JVB_AUTH_PASSWORD=\(jvb)\nJICOFO_AUTH_PASSWORD=\(focus)\n",
                to: Self.deployment + "/.env"
            )
        case .packages:
            try folder.write(
                """
                jicofo {
                  xmpp {
                    client {
                      xmpp-domain = "\(domain.dropFirst("auth.".count))"
                      domain = "\(domain)"
                      username = "focus"
                      password = "\(focus)"
                    }
                  }
                }

                """,
                to: Self.deployment + "/jitsi/jicofo/jicofo.conf"
            )
            let account = "org.jitsi.videobridge.xmpp.user.shard."
            try folder.write(
                "\(account)DOMAIN=\(domain)\n\(account)USERNAME=jvb\n\(account)PASSWORD=\(jvb)\n",
                to: Self.deployment + "/jitsi/videobridge/sip-communicator.properties"
            )
        }
    }

    var configuration: String { "\(folder.path)/\(Self.deployment)/prosody/prosody.cfg.lua" }

    /// How many seconds `rotate` waits for it.
    var patience = 30

    /// The options that let `rotate` find this server.
    var options: [String] {
        ["--live", "--bare", "--restart", folder.path + "/restart", "--patience", String(patience)]
    }

    /// Runs `scrubjay rotate` on the deployment.
    func rotate(_ arguments: String...) throws -> Tool.Run {
        try tool.run(
            Tool.products + "/scrubjay",
            ["rotate", folder.path + "/" + Self.deployment] + arguments + options,
            input: []
        )
    }

    func text(_ name: String) throws -> String {
        String(decoding: try folder.read(Self.deployment + "/" + name), as: UTF8.self)
    }

    /// The value of a variable in the deployment's `.env`.
    func value(_ name: String) throws -> String {
        let line = try text(".env").split(separator: "\n").first { $0.hasPrefix(name + "=") }
        return String(line?.dropFirst(name.count + 1) ?? "")
    }

    deinit { program?.stop() }
}
