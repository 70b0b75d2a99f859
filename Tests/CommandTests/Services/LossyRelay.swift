import Foundation

/// Passes datagrams on to a port of the loopback and back, and loses some of those that go there.
final class LossyRelay: @unchecked Sendable {
    let port: Int
    private let losses: Set<Int>
    private let lock = NSLock()
    private var lossCount = 0

    /// How many were lost.
    var lost: Int { lock.withLock { lossCount } }

    /// Starts a relay to a port; `losses` are the numbers of the datagrams that get lost, from 0 on.
    init(to target: Int, losing losses: Set<Int>) throws {
        self.losses = losses
        let near = try Self.bound()
        let far = try Self.bound()
        var address = Self.loopback(port: UInt16(target))
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(far, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw POSIXError(.ECONNREFUSED) }
        var own = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &own) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(near, $0, &length) }
        }
        port = Int(UInt16(bigEndian: own.sin_port))
        Thread.detachNewThread { [weak self] in
            var peer = sockaddr_in()
            var count = 0
            var bytes = [UInt8](repeating: 0, count: 2048)
            while true {
                var polled = [
                    pollfd(fd: near, events: Int16(POLLIN), revents: 0),
                    pollfd(fd: far, events: Int16(POLLIN), revents: 0),
                ]
                _ = poll(&polled, 2, 100)
                guard self != nil else { break }
                if polled[0].revents != 0 {
                    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
                    let size = withUnsafeMutablePointer(to: &peer) { pointer in
                        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                            recvfrom(near, &bytes, bytes.count, 0, $0, &length)
                        }
                    }
                    if size > 0 {
                        if self?.loses(count) == false { _ = send(far, bytes, size, 0) }
                        count += 1
                    }
                }
                if polled[1].revents != 0 {
                    let size = recv(far, &bytes, bytes.count, 0)
                    guard size > 0 else { continue }
                    _ = withUnsafePointer(to: &peer) { pointer in
                        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                            sendto(near, bytes, size, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                        }
                    }
                }
            }
            close(near)
            close(far)
        }
    }

    private func loses(_ number: Int) -> Bool {
        guard losses.contains(number) else { return false }
        lock.withLock { lossCount += 1 }
        return true
    }

    private static func bound() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var address = loopback(port: 0)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        return descriptor
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }
}
