/// How a TURN server may be reached: what it is spoken to over, and by which routes.
package struct TURNWay: Hashable, Sendable {
    /// What it is spoken to over.
    package var transport: Transport
    /// The routes to it, the best first.
    package var routes: [Route]

    /// Makes a way.
    package init(_ transport: Transport, _ routes: [Route]) {
        self.transport = transport
        self.routes = routes
    }
}
