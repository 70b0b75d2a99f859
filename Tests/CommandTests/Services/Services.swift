import Foundation
import TestKit

/// The real counterparts that some tests need, and where they are.
enum Services {
    private static let folders = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"]

    static func has(_ programs: String...) -> Bool {
        programs.allSatisfy { program in
            folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
        }
    }

    /// Whether a Prosody can be started and spoken to.
    static let hasProsody = has("prosody", "prosodyctl", "openssl", "bash")
    /// Whether a coturn can be started, too.
    static let hasTURN = hasProsody && has("turnserver")
    /// Whether a Docker Engine of our own can be started.
    static let hasDocker = hasProsody && getuid() == 0 && has("dockerd", "docker", "docker-compose")

    /// A port of the loopback that nobody uses at this moment.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
            }
        }
        guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Waits until something holds.
    static func wait(_ seconds: Double = 30, until isSo: () throws -> Bool) throws {
        let end = Date().addingTimeInterval(seconds)
        while try !isSo() {
            guard Date() < end else { throw POSIXError(.ETIMEDOUT) }
            usleep(50_000)
        }
    }
}

/// A program that runs until the test is over.
final class RunningProgram {
    private let process = Process()

    init(_ program: String, _ arguments: [String], environment: [String: String] = [:], log: String) throws {
        try Data().write(to: URL(fileURLWithPath: log))
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        process.standardError = process.standardOutput
        try process.run()
    }

    /// Ends it and waits for its end.
    ///
    /// The threads of a test block signals, and a program inherits that: not every one hears that it should end.
    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        let end = Date().addingTimeInterval(5)
        while process.isRunning && Date() < end { usleep(20_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    deinit { stop() }
}

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

    init() throws {
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
            default_iteration_count = 256
            log = { { levels = { min = "info" }, to = "console" } }
            VirtualHost "auth.meet.jitsi"
                ssl = { key = "\(root)/auth.key"; certificate = "\(root)/auth.crt" }
            Component "focus.meet.jitsi"
                component_secret = "\(componentSecret)"

            """,
            to: Self.deployment + "/prosody/prosody.cfg.lua"
        )
        try folder.write(
            "JVB_AUTH_PASSWORD=\(passwords["jvb"] ?? "")\nJICOFO_AUTH_PASSWORD=\(passwords["focus"] ?? "")\n",
            to: Self.deployment + "/.env"
        )
        // Started anew for a component's secret: Prosody itself reads its files again.
        try folder.write(
            "#!/bin/bash\n[ \"$1\" = prosody ] || exit 0\nprosodyctl --config \(configuration) shell config reload >/dev/null 2>&1\n",
            to: "restart"
        )
        try FileManager.default.createDirectory(atPath: root + "/data", withIntermediateDirectories: true)
        let made = try tool.shell(
            "chmod 755 restart; openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout auth.key -out auth.crt "
                + "-subj /CN=auth.meet.jitsi"
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
                "prosodyctl --config \(configuration) register \(user) auth.meet.jitsi \(password)"
            )
            guard run.status == 0 else { throw POSIXError(.EACCES) }
        }
    }

    var configuration: String { "\(folder.path)/\(Self.deployment)/prosody/prosody.cfg.lua" }

    /// The options that let `rotate` find this server.
    var options: [String] { ["--live", "--bare", "--restart", folder.path + "/restart", "--patience", "30"] }

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

/// What `rotate --live --format json` says of one secret.
struct LiveAnswer: Decodable {
    struct Secret: Decodable {
        var names: [String]
        var recreated: [String]
        var new: String?
        var old: String?
        var sessionsEnded: Bool?
        var overlapsUntil: Int?
        var notes: [String]
        var problems: [String]
    }

    struct Live: Decodable {
        var action: String
        var generation: Int
        var proved: Bool
        var milliseconds: Int
        var evidence: [String]
        var secrets: [Secret]

        func secret(_ name: String) -> Secret? { secrets.first { $0.names.contains(name) } }
    }

    var live: Live

    static func rotation(_ run: Tool.Run) throws -> Live {
        try JSONDecoder().decode(LiveAnswer.self, from: Data(run.output)).live
    }

    static func report(_ run: Tool.Run) throws -> Live { try JSONDecoder().decode(Live.self, from: Data(run.output)) }
}
