package import Collecting
internal import Documents

/// A container engine, spoken to through its own command line, so that contexts, hosts and log-ins are its user's.
package struct Engine: Sendable {
    /// The program and what stands before every command.
    package let command: [String]
    let programs: Programs

    /// How long the engine may take to say what there is: a remote one is asked over ssh, which may take seconds to connect.
    static let answerTime = Duration.seconds(30)
    /// How long it may take to stop one container and start another: ten seconds until the engine kills the old one, and the rest for
    /// slow disks and remote engines.
    private static let recreationTime = Duration.seconds(180)

    /// Makes an engine that is spoken to through `program`: `docker`, `podman`, or a path of either.
    package init(program: String, programs: Programs) {
        command = [program]
        self.programs = programs
    }

    /// All containers that run or are about to.
    ///
    /// - Parameter names: the variables whose values are kept.
    /// - Returns: the containers, as the engine orders them.
    /// - Throws: ``ProcessError``.
    package func containers(keeping names: Set<String>) throws(ProcessError) -> [Container] {
        let output = try programs.output(of: command + ["ps", "--quiet", "--no-trunc"], within: Self.answerTime)
        let ids = output.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        return try containers(ids, keeping: names)
    }

    /// The containers of these ids or names, whatever state they are in.
    ///
    /// - Throws: ``ProcessError`` `failed` where one of them is gone.
    func containers(_ ids: [String], keeping names: Set<String> = []) throws(ProcessError) -> [Container] {
        guard !ids.isEmpty else { return [] }
        // The whole of it: docker and podman do not name the fields of a template alike.
        let output = try programs.output(
            of: command + ["inspect", "--type", "container"] + ids,
            within: Self.answerTime
        )
        guard case .array(let found)? = try? JSONValue(parsingForeign: output) else {
            throw ProcessError(.failed, of: command[0], "'\(command[0])' describes its containers in an unknown form")
        }
        return found.compactMap { Container($0, keeping: names) }
    }

    /// Whether the containers run on this machine, so that their addresses lead to them and to nobody else.
    ///
    /// Docker names the endpoint of the context in use, and podman whether it speaks to another machine; where neither is said, the
    /// engine counts as remote.
    func isLocal() throws(ProcessError) -> Bool {
        let endpoint = try programs.run(
            command + ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"],
            within: Self.answerTime
        )
        if endpoint.status == 0 { return endpoint.text.hasPrefix("unix://") }
        let remote = try programs.run(
            command + ["info", "--format", "{{.Host.ServiceIsRemote}}"],
            within: Self.answerTime
        )
        return remote.status == 0 && remote.text.hasPrefix("false")
    }

    /// Where programs run that are started in a container.
    package func reach(_ container: Container) -> Reach { .container(container.id, engine: command) }

    /// Runs a program in a container and gives its output; nil where it does not end well.
    func output(in container: Container, of arguments: [String]) throws(ProcessError) -> [UInt8]? {
        let answer = try programs.run(
            reach(container).command(arguments).arguments,
            within: Self.answerTime
        )
        return answer.status == 0 ? answer.output : nil
    }

    /// Makes the containers of a project's service anew from its files, and leaves those it depends on alone.
    ///
    /// - Returns: nil where that went well, or else why not.
    func recreate(_ service: String, of project: ComposeProject) throws(ProcessError) -> String? {
        guard let compose = project.compose else {
            return "there is no Compose here, neither as '\(command[0]) compose' nor as '\(composeProgram)'"
        }
        let answer = try programs.run(
            compose.command + project.arguments(for: compose)
                + ["up", "--detach", "--no-deps", "--force-recreate", service],
            within: Self.recreationTime
        )
        return answer.status == 0 ? nil : "Compose cannot recreate \(service) (status \(answer.status))"
    }

    /// Starts a container anew as it is.
    ///
    /// - Returns: nil where that went well, or else why not.
    func restart(_ container: Container) throws(ProcessError) -> String? {
        let answer = try programs.run(command + ["restart", container.id], within: Self.recreationTime)
        return answer.status == 0 ? nil : "\(container.name) cannot be restarted (status \(answer.status))"
    }

    /// How Compose is called.
    package struct Compose: Hashable, Sendable {
        /// The words before its own options.
        var command: [String]
        /// Whether it is podman's own, which takes the folder of the first file for the project's.
        var isPodmans: Bool
    }

    /// How Compose is called here: as a part of the engine's command line, or as a program of its own.
    fileprivate func composeCommand() throws(ProcessError) -> Compose? {
        let plugin = try programs.run(command + ["compose", "version"], within: Self.answerTime)
        if plugin.status == 0 { return Compose(command: command + ["compose"], isPodmans: false) }
        do throws(ProcessError) {
            let program = try programs.run([composeProgram, "version"], within: Self.answerTime)
            guard program.status == 0 else { return nil }
            return Compose(command: [composeProgram], isPodmans: composeProgram == "podman-compose")
        } catch {
            guard error.code == .notInstalled else { throw error }
            return nil
        }
    }

    /// The program that is Compose for this engine, where its command line has none.
    private var composeProgram: String {
        command[0].split(separator: "/").last.map { "\($0)-compose" } ?? "docker-compose"
    }
}

/// A project of Compose: what its containers say about the files that they were made from.
package struct ComposeProject: Hashable, Sendable {
    /// Its name.
    package var name: String
    /// The folder that it belongs to.
    package var folder: String
    /// Its files.
    package var files: [String]
    /// How Compose is called here; nil where there is none.
    let compose: Engine.Compose?

    /// Reads it from a container's labels, and looks for Compose; nil where Compose did not make it.
    init?(_ container: Container, engine: Engine) throws(ProcessError) {
        guard let project = container.project, let folder = container.projectFolder else { return nil }
        name = project
        self.folder = folder
        files = container.projectFiles.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
        compose = try engine.composeCommand()
    }

    /// The options by which Compose finds it.
    func arguments(for compose: Engine.Compose) -> [String] {
        ["--project-name", name] + (compose.isPodmans ? [] : ["--project-directory", folder])
            + files.flatMap { ["--file", $0] }
    }
}
