/// One running part of a deployment: a container, or a service of the machine.
package struct LiveService: Sendable {
    /// What it is in the words of the catalogue: `prosody`, `coturn`, `jvb`.
    package var component: String
    /// What people call it: the container's name, or the name of the service.
    package var name: String
    /// Where programs that speak to it are started.
    package var reach: Reach
    /// The container that it runs in; nil where the machine runs it.
    package var container: Container?
    /// For Prosody, its configuration file as that place names it.
    package var configuration: String?
    /// For Prosody, the port for clients; for coturn, the port for TURN.
    package var port: Int
    /// For Prosody, the port for components.
    package var componentPort: Int
    /// For coturn, the port for TURN over TLS.
    package var securePort = TURNPorts.usualSecure
    /// Whether the addresses of its container lead to it from this machine, because the engine is local.
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

    /// Takes over the ports of TURN that somebody says.
    mutating func listen(on ports: TURNPorts) {
        port = ports.plain ?? TURNPorts.usual
        securePort = ports.secure ?? TURNPorts.usualSecure
    }

    /// Ways to it as a TURN server.
    var turnWays: [TURNWay] {
        [
            TURNWay(.tcp, routes(to: port)), TURNWay(.udp, routes(to: port)), TURNWay(.tls, routes(to: securePort)),
        ]
    }

    /// Ways to one of its ports: from inside of its container, and from this machine where its engine is local.
    ///
    /// With a remote engine the address of the container belongs to nobody here, or to a stranger.
    ///
    /// - Parameter port: the port, as the service listens on it.
    /// - Returns: the ways, the best first.
    func routes(to port: Int) -> [Route] {
        let addresses = isNear ? container?.addresses ?? [] : []
        return [Route(reach, port: port)] + addresses.map { Route(.here, host: $0, port: port) }
    }
}
