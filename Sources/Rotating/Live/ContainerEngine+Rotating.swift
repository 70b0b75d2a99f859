package import Collecting

extension ContainerEngine {
    /// The time limit for stopping one container and starting another: ten seconds until the engine kills the old one,
    /// and the rest for slow disks and remote engines.
    private static let recreationTime = Duration.seconds(180)

    /// Returns all containers that are running or starting.
    ///
    /// - Parameter names: the variables whose values are kept.
    /// - Returns: the containers, in the engine's order.
    /// - Throws: ``ProcessError``.
    package func containers(keeping names: Set<String>) throws(ProcessError) -> [Container] {
        try containers(lines("ps", "--quiet", "--no-trunc"), keeping: names)
    }

    /// Returns the containers with these ids or names, in any state.
    ///
    /// - Throws: ``ProcessError`` `failed` if one of them no longer exists.
    func containers(_ ids: [String], keeping names: Set<String> = []) throws(ProcessError) -> [Container] {
        guard !ids.isEmpty else { return [] }
        return try descriptions(of: "container", ids).compactMap { Container($0, keeping: names) }
    }

    /// Whether the containers run on this machine, so that their addresses lead to them and not elsewhere.
    ///
    /// Docker names the endpoint of the current context, and podman says whether it talks to another machine; if
    /// neither is known, the engine counts as remote.
    func isLocal() throws(ProcessError) -> Bool {
        let endpoint = try programs.run(
            [program, "context", "inspect", "--format", "{{.Endpoints.docker.Host}}"],
            within: Self.answerTime
        )
        if endpoint.status == 0 { return endpoint.text.hasPrefix("unix://") }
        let remote = try programs.run(
            [program, "info", "--format", "{{.Host.ServiceIsRemote}}"],
            within: Self.answerTime
        )
        return remote.status == 0 && remote.text.hasPrefix("false")
    }

    /// Returns the place of programs that are started in a container.
    package func reach(_ container: Container) -> Reach { .container(container.id, engine: [program]) }

    /// Runs a program in a container and returns its output; nil if it fails.
    func output(in container: Container, of arguments: [String]) throws(ProcessError) -> [UInt8]? {
        let answer = try programs.run(
            reach(container).command(arguments).arguments,
            within: Self.answerTime
        )
        return answer.status == 0 ? answer.output : nil
    }

    /// Recreates the containers of a project's service from its files, without the services that it depends on.
    ///
    /// - Returns: nil on success, otherwise the problem.
    func recreate(_ service: String, of project: ComposeProject) throws(ProcessError) -> String? {
        guard let compose = project.compose else {
            return "Compose is not installed, neither as '\(program) compose' nor as '\(composeProgram)'"
        }
        let answer = try programs.run(
            compose.command + project.arguments(for: compose)
                + ["up", "--detach", "--no-deps", "--force-recreate", service],
            within: Self.recreationTime
        )
        return answer.status == 0 ? nil : "Compose cannot recreate \(service) (status \(answer.status))"
    }

    /// Restarts a container.
    ///
    /// - Returns: nil on success, otherwise the problem.
    func restart(_ container: Container) throws(ProcessError) -> String? {
        let answer = try programs.run([program, "restart", container.id], within: Self.recreationTime)
        return answer.status == 0 ? nil : "\(container.name) cannot be restarted (status \(answer.status))"
    }

    /// The way to run Compose.
    package struct Compose: Hashable, Sendable {
        /// The words before Compose's own options.
        var command: [String]
        /// Whether it is podman's Compose, which takes the folder of the first file for the project's folder.
        var isPodmans: Bool
    }

    /// Finds Compose: as part of the engine's command line, or as a separate program.
    func composeCommand() throws(ProcessError) -> Compose? {
        let plugin = try programs.run([program, "compose", "version"], within: Self.answerTime)
        if plugin.status == 0 { return Compose(command: [program, "compose"], isPodmans: false) }
        do throws(ProcessError) {
            let program = try programs.run([composeProgram, "version"], within: Self.answerTime)
            guard program.status == 0 else { return nil }
            return Compose(command: [composeProgram], isPodmans: composeProgram == "podman-compose")
        } catch {
            guard error.code == .notInstalled else { throw error }
            return nil
        }
    }

    /// The separate Compose program of this engine.
    private var composeProgram: String {
        program.split(separator: "/").last.map { "\($0)-compose" } ?? "docker-compose"
    }
}
