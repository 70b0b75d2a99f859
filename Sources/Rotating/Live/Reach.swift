/// Where programs that speak to a service are started: on this machine, or in the container that the service runs in.
///
/// In the container a port needs not be published, and a remote engine is as near as a local one.
package enum Reach: Hashable, Sendable {
    /// On this machine.
    case here
    /// In a running container, by its id, through the engine's command line.
    case container(String, engine: [String])

    /// The arguments with which a program is started there, and the variables that the starting program itself gets.
    ///
    /// - Parameters:
    ///   - arguments: the program and its arguments; no secret is among them.
    ///   - variables: variables for the program; no secret is among them.
    /// - Returns: both.
    func command(
        _ arguments: [String],
        variables: [String: String] = [:]
    ) -> (arguments: [String], variables: [String: String]) {
        switch self {
        case .here: (arguments, variables)
        case .container(let id, let engine):
            (
                engine + ["exec", "--interactive"]
                    + variables.sorted { $0.key < $1.key }.flatMap { ["--env", "\($0.key)=\($0.value)"] } + [id]
                    + arguments,
                [:]
            )
        }
    }

    /// Whether a status says that there is no such program, rather than what the program itself said.
    static func isMissingProgram(_ status: Int32) -> Bool { status == 126 || status == 127 }
}

/// A way to a port of a service.
package struct Route: Hashable, Sendable {
    /// Where the program that connects is started.
    package var reach: Reach
    /// The address that it connects to, as that place sees it.
    package var host: String
    /// The port.
    package var port: Int

    /// Makes a route.
    package init(_ reach: Reach, host: String = "127.0.0.1", port: Int) {
        self.reach = reach
        self.host = host
        self.port = port
    }

    /// Whether the connection does not leave the container that the service runs in.
    var isInContainer: Bool {
        guard case .container = reach else { return false }
        return host == "127.0.0.1"
    }
}
