import Foundation
import TestKit

/// A Docker Engine of its own for one test: its socket, its data and its processes lie in one folder and end with the
/// test.
final class PrivateEngine {
    let folder: TemporaryFolder
    private let daemon = Process()

    /// Whether the programs are there, and whoever runs the tests may start an engine.
    static let isAvailable: Bool =
        geteuid() == 0 && ["dockerd", "docker", "docker-compose", "busybox"].allSatisfy { find($0) != nil }

    static func find(_ name: String) -> String? {
        ["/usr/local/bin/", "/usr/bin/", "/usr/sbin/", "/bin/"].map { $0 + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    var host: String { "unix://\(folder.path)/docker.sock" }

    init() throws {
        folder = try TemporaryFolder()
        daemon.executableURL = URL(fileURLWithPath: Self.find("dockerd") ?? "")
        daemon.arguments = [
            "--host", host, "--data-root", folder.path + "/data", "--exec-root", folder.path + "/exec", "--pidfile",
            folder.path + "/pid", "--iptables=false", "--ip6tables=false", "--bridge=none", "--storage-driver=vfs",
        ]
        try folder.write("", to: "log")
        let log = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path + "/log"))
        daemon.standardOutput = log
        daemon.standardError = log
        try daemon.run()
        for _ in 0..<300 {
            if try shell("docker version").status == 0 { return }
            usleep(100_000)
        }
        throw CocoaError(.fileReadUnknown)
    }

    /// Stops the containers, then the engine.
    func stop() throws {
        _ = try shell("docker ps --quiet | xargs -r docker kill")
        _ = try shell("docker ps --all --quiet | xargs -r docker rm --force --volumes")
        kill(daemon.processIdentifier, SIGTERM)
        daemon.waitUntilExit()
    }

    /// A tool that speaks to this engine.
    func tool(in place: String) -> Tool {
        Tool(
            folder: place,
            environment: [
                "PATH": Tool.products + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin", "DOCKER_HOST": host,
                "SOURCE_DATE_EPOCH": "1767225600",
            ]
        )
    }

    /// Runs a line of shell with this engine.
    @discardableResult
    func shell(_ line: String, in place: String? = nil) throws -> Tool.Run {
        try tool(in: place ?? folder.path).shell(line)
    }

    /// Makes an image that holds a shell, without a registry.
    func makeImage(_ name: String, changes: [String]) throws {
        let flags = changes.map { "--change '\($0)'" }.joined(separator: " ")
        let run = try shell(
            "mkdir -p root/bin root/etc && cp \(Self.find("busybox") ?? "") root/bin/busybox && ln -sf busybox root/bin/sh"
                + " && tar -C root -c . | docker import \(flags) - \(name)"
        )
        guard run.status == 0 else { throw CocoaError(.fileWriteUnknown, userInfo: ["said": run.said]) }
    }
}
