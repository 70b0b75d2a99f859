internal import Collecting

/// Recreates running services so that they read the files, and waits until they are ready.
struct LiveRecreation {
    private let deployment: LiveDeployment
    private let domains: [String]
    private let prover: Prover
    private let patience: Duration

    /// The interval between two readiness checks.
    private static let interval = Duration.milliseconds(200)

    private var programs: Programs { prover.programs }

    /// Configures the recreation; nothing is done yet.
    ///
    /// - Parameters:
    ///   - deployment: the running services.
    ///   - domains: domains of accounts. A Prosody server is ready when it offers logins for one of them; a visitors'
    ///     Prosody may have other domains.
    ///   - prover: tests Prosody.
    ///   - patience: how long each service may take to answer.
    init(_ deployment: LiveDeployment, domains: [String], prover: Prover, patience: Duration) {
        self.deployment = deployment
        self.domains = domains
        self.prover = prover
        self.patience = patience
    }

    /// Returns the action on a service, as shown to the user.
    func verb(for service: LiveService) -> String {
        if case .compose = deployment.recreation, service.container?.service != nil {
            return "recreating the container"
        }
        return "restarting it"
    }

    /// Recreates a service and waits for it.
    ///
    /// - Returns: nil if it is ready, otherwise the problem.
    func recreate(_ service: LiveService) -> String? {
        do throws(ProcessError) {
            return try begin(service) ?? waitUntilReady(service)
        } catch {
            return error.message
        }
    }

    /// Returns a service in its current state: a recreated container has another id.
    func current(_ service: LiveService) -> LiveService {
        guard let container = service.container, let engine = deployment.engine else { return service }
        var current = service
        // If the engine has no such container at the moment, it is not running.
        let found = try? engine.containers([container.name]).first
        current.container = found
        if let found { current.reach = engine.reach(found) }
        return current
    }

    /// Begins to recreate a service.
    ///
    /// - Returns: nil on success, otherwise the problem.
    private func begin(_ service: LiveService) throws(ProcessError) -> String? {
        switch deployment.recreation {
        case .compose(let engine, let project):
            guard let container = service.container, let name = container.service else { return nil }
            return try engine.recreate(name, of: project)
        case .engine(let engine):
            guard let container = service.container else { return nil }
            let problem = try engine.restart(container)
            return problem
                ?? "\(service.name) was not created by Compose: recreate it with the new values, the way it was created"
        case .service(let restart):
            let answer = try programs.run(restart + [service.name], within: patience)
            return answer.status == 0 ? nil : "\(service.name) cannot be restarted (status \(answer.status))"
        }
    }

    /// Waits until a service is running, healthy and answering.
    ///
    /// - Returns: nil if it is ready in time, otherwise what is missing.
    private func waitUntilReady(_ service: LiveService) -> String? {
        let end = programs.pace.now() + patience
        var missing = "it is not running"
        while programs.pace.now() < end {
            guard let reason = missingPart(of: service) else { return nil }
            missing = reason
            programs.pace.wait(Self.interval)
        }
        return "\(service.name) is not ready after \(patience.components.seconds) seconds: \(missing)"
    }

    /// Determines what a service lacks.
    ///
    /// - Returns: nil if the service is ready, otherwise what is missing.
    private func missingPart(of service: LiveService) -> String? {
        let current = current(service)
        if service.container != nil {
            guard let container = current.container, container.isRunning else { return "its container is not running" }
            guard container.health.isEmpty || container.health == "healthy" else {
                return "its health check reports \(container.health)"
            }
        }
        guard service.component == "prosody", !domains.isEmpty else { return nil }
        let routes = current.routes(to: current.port)
        return domains.contains { prover.isAnswering(for: $0, by: routes) } ? nil : "it does not accept logins yet"
    }
}
