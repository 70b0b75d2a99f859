/// How bytes go to a port and back.
package enum Transport: String, Sendable {
    /// A stream.
    case tcp
    /// Datagrams, any of which may get lost.
    case udp
    /// TLS over TCP.
    case tls
}
