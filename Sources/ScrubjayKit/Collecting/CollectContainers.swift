public import Collecting

/// Collects the containers of a project: a compose file that recreates them, and the contents of their folders.
public struct CollectContainers: Sendable {
    /// The name of the project.
    public var project: String
    /// The variables of this process; the engine's command line gets those that it needs.
    public var environment: [String: String]
    /// The clock used for waiting and time limits.
    public var pace: Pace

    /// Configures the workflow; nothing is read yet.
    public init(project: String, environment: [String: String], pace: Pace) {
        self.project = project
        self.environment = environment
        self.pace = pace
    }

    /// Reads the containers.
    ///
    /// - Parameters:
    ///   - isInterrupted: asked between two commands.
    ///   - progress: receives what is being read.
    /// - Returns: the files, and what is missing from them.
    /// - Throws: ``ProcessError``; ``KitError`` `interrupted`, or `unsuitable` if there is no container.
    public func read(
        isInterrupted: () -> Bool = { false },
        progress: (String) -> Void = { _ in }
    ) throws -> ContainerCollection {
        var wasInterrupted = false
        let engine = try ContainerEngine(environment: environment, pace: pace)
        let collection = try ContainerCollection(of: project, through: engine) { what in
            wasInterrupted = isInterrupted()
            progress(what)
            return !wasInterrupted
        }
        if wasInterrupted { throw KitError(.interrupted, "interrupted; nothing was written") }
        guard collection.containerCount > 0 else {
            let reason = collection.failures.first.map { ": " + $0 } ?? ""
            throw KitError(
                .unsuitable,
                "there are no containers of project '\(project)'" + reason,
                hint: "'\(engine.program) ps --all' lists all containers"
            )
        }
        return collection
    }
}
