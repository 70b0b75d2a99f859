import Foundation
import TestKit

/// A registry of images of its own for one test, on the loopback, which a Docker Engine takes without TLS.
final class PrivateRegistry {
    private let folder: TemporaryFolder
    private let server = Process()
    /// Where it listens.
    let host: String

    static let isAvailable = PrivateEngine.find("docker-registry") != nil

    init() throws {
        folder = try TemporaryFolder()
        host = "127.0.0.1:\(Self.freePort())"
        try folder.write(
            """
            version: 0.1
            storage:
              filesystem:
                rootdirectory: '\(folder.path)/images'
            http:
              addr: \(host)

            """,
            to: "config.yml"
        )
        server.executableURL = URL(fileURLWithPath: PrivateEngine.find("docker-registry") ?? "")
        server.arguments = ["serve", folder.path + "/config.yml"]
        server.standardOutput = FileHandle.nullDevice
        server.standardError = FileHandle.nullDevice
        try server.run()
    }

    func stop() {
        kill(server.processIdentifier, SIGKILL)
        server.waitUntilExit()
    }

    /// A port that nobody listens on: the system chooses one, and it is given back.
    private static func freePort() -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                _ = bind(descriptor, general, size)
                getsockname(descriptor, general, &size)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}
