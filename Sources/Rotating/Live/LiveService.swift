/// A running part of a deployment: a container, or a service of the machine.
package struct LiveService: Sendable {
    /// The catalogue's name for the component: `prosody`, `coturn`, `jvb`.
    package var component: String
    /// The name shown to the user: that of the container or of the service.
    package var name: String
    /// The place from which programs connect to it.
    package var reach: Reach
    /// Its container; nil for a service of the machine.
    package var container: Container?
    /// For Prosody, the path of its configuration file at that place.
    package var configuration: String?
    /// For Prosody, the port for clients; for coturn, the port for TURN.
    package var port: Int
    /// For Prosody, the port for components.
    package var componentPort: Int
    /// For coturn, the port for TURN over TLS.
    package var securePort = TURNPorts.usualSecure
    /// Whether this machine can reach it at the addresses of its container, because the engine is local.
    package var isNear = false

    /// Makes a service.
    package init(
        component: String,
        name: String,
        reach: Reach,
        container: Container? = nil,
        configuration: String? = nil,
        port: Int = 0,
        componentPort: Int = 0
    ) {
        self.component = component
        self.name = name
        self.reach = reach
        self.container = container
        self.configuration = configuration
        self.port = port
        self.componentPort = componentPort
    }

    /// Uses the TURN ports that the configuration names.
    mutating func listen(on ports: TURNPorts) {
        port = ports.plain ?? TURNPorts.usual
        securePort = ports.secure ?? TURNPorts.usualSecure
    }

    /// The ways to reach it as a TURN server.
    var turnWays: [TURNWay] {
        [
            TURNWay(.tcp, routes(to: port)), TURNWay(.udp, routes(to: port)), TURNWay(.tls, routes(to: securePort)),
        ]
    }

    /// Returns the routes to one of its ports: from inside its container, and from this machine if the engine is local.
    ///
    /// With a remote engine, the container's address leads nowhere on this machine, or to another host.
    ///
    /// - Parameter port: the port on which the service listens.
    /// - Returns: the routes, the best first.
    func routes(to port: Int) -> [Route] {
        let addresses = isNear ? container?.addresses ?? [] : []
        return [Route(reach, port: port)] + addresses.map { Route(.here, host: $0, port: port) }
    }
}
