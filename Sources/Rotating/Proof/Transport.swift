/// The transport of bytes to a port.
package enum Transport: String, Sendable {
    /// A stream.
    case tcp
    /// Datagrams, which may get lost.
    case udp
    /// TLS over TCP.
    case tls
}
