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

    /// Whether podman can be used without touching what its user has.
    static let hasPodman = hasProsody && getuid() == 0 && has("podman", "podman-compose", "runc")

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
    /// The threads of a test block signals, and a program inherits that: it does not hear that it should end, and its
    /// folder goes with it anyway.
    func stop() {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    deinit { stop() }
}
