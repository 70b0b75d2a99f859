/// The place from which programs connect to a service: this machine, or the service's container.
///
/// Inside the container, ports need not be published, and it makes no difference whether the engine is remote.
package enum Reach: Hashable, Sendable {
    /// This machine.
    case here
    /// A running container, by its id, through the engine's command line.
    case container(String, engine: [String])

    /// Returns the arguments to start a program there, and the variables of the starting program.
    ///
    /// - Parameters:
    ///   - arguments: the program and its arguments, without secrets.
    ///   - variables: variables for the program, without secrets.
    /// - Returns: the arguments and the variables.
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

    /// Whether a status means that the program does not exist.
    static func isMissingProgram(_ status: Int32) -> Bool { status == 126 || status == 127 }
}
