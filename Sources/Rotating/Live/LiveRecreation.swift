internal import Collecting

/// Makes running services anew, so that they read what the files say, and waits until they are there again.
struct LiveRecreation {
    private let deployment: LiveDeployment
    private let domains: [String]
    private let prover: Prover
    private let patience: Duration

    /// How often a service is asked whether it is ready.
    private static let interval = Duration.milliseconds(200)

    private var programs: Programs { prover.programs }

    /// Makes a recreation; nothing is done yet.
    ///
    /// - Parameters:
    ///   - deployment: what runs.
    ///   - domains: domains of accounts: a Prosody is ready when it takes log-ins for one of them; of a visitors' Prosody nobody
    ///     knows which it has.
    ///   - prover: asks Prosody.
    ///   - patience: how long each service may take until it answers.
    init(_ deployment: LiveDeployment, domains: [String], prover: Prover, patience: Duration) {
        self.deployment = deployment
        self.domains = domains
        self.prover = prover
        self.patience = patience
    }

    /// What is done with a service, for people.
    func verb(for service: LiveService) -> String {
        if case .compose = deployment.recreation, service.container?.service != nil {
            return "making the container anew"
        }
        return "starting it anew"
    }

    /// Makes a service anew and waits for it.
    ///
    /// - Returns: nil where it is there again, or else what is wrong.
    func recreate(_ service: LiveService) -> String? {
        do throws(ProcessError) {
            return try begin(service) ?? waitUntilReady(service)
        } catch {
            return error.message
        }
    }

    /// A service as it is now: a container that was made anew has another id.
    func current(_ service: LiveService) -> LiveService {
        guard let container = service.container, let engine = deployment.engine else { return service }
        var current = service
        // Where the engine has no such container at this moment, it does not run.
        let found = try? engine.containers([container.name]).first
        current.container = found
        if let found { current.reach = engine.reach(found) }
        return current
    }

    /// - Returns: nil where that went well, or else why not.
    private func begin(_ service: LiveService) throws(ProcessError) -> String? {
        switch deployment.recreation {
        case .compose(let engine, let project):
            guard let container = service.container, let name = container.service else { return nil }
            return try engine.recreate(name, of: project)
        case .engine(let engine):
            guard let container = service.container else { return nil }
            let problem = try engine.restart(container)
            return problem
                ?? "\(service.name) was not made by Compose: make it anew with the new values, as it was made"
        case .service(let restart):
            let answer = try programs.run(restart + [service.name], within: patience)
            return answer.status == 0 ? nil : "\(service.name) cannot be started anew (status \(answer.status))"
        }
    }

    /// Waits until a service runs, says that it is healthy, and answers.
    ///
    /// - Returns: nil where it does in time, or else what is missing.
    private func waitUntilReady(_ service: LiveService) -> String? {
        let end = programs.pace.now() + patience
        var missing = "it does not run"
        while programs.pace.now() < end {
            guard let reason = missingPart(of: service) else { return nil }
            missing = reason
            programs.pace.wait(Self.interval)
        }
        return "\(service.name) is not ready after \(patience.components.seconds) seconds: \(missing)"
    }

    /// - Returns: nil where the service is ready, or else what is missing.
    private func missingPart(of service: LiveService) -> String? {
        let current = current(service)
        if service.container != nil {
            guard let container = current.container, container.isRunning else { return "its container does not run" }
            guard container.health.isEmpty || container.health == "healthy" else {
                return "its health check says \(container.health)"
            }
        }
        guard service.component == "prosody", !domains.isEmpty else { return nil }
        let routes = current.routes(to: current.port)
        return domains.contains { prover.isAnswering(for: $0, by: routes) } ? nil : "it takes no log-ins yet"
    }
}
