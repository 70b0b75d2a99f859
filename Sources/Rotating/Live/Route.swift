/// A route to a port of a service.
package struct Route: Hashable, Sendable {
    /// The place from which the program connects.
    package var reach: Reach
    /// The address to connect to from there.
    package var host: String
    /// The port.
    package var port: Int

    /// Makes a route.
    package init(_ reach: Reach, host: String = "127.0.0.1", port: Int) {
        self.reach = reach
        self.host = host
        self.port = port
    }

    /// Whether the connection stays inside the container of the service.
    var isInContainer: Bool {
        guard case .container = reach else { return false }
        return host == "127.0.0.1"
    }
}
