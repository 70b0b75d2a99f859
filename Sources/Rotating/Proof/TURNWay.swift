/// A transport, and the routes to a TURN server over it.
package struct TURNWay: Hashable, Sendable {
    /// The transport.
    package var transport: Transport
    /// The routes, the best first.
    package var routes: [Route]

    /// Makes a way.
    package init(_ transport: Transport, _ routes: [Route]) {
        self.transport = transport
        self.routes = routes
    }
}
