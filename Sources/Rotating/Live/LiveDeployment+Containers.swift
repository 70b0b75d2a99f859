package import Collecting
internal import SystemPackage

extension LiveDeployment {
    /// Finds the containers of a deployment.
    ///
    /// Containers are grouped by Compose's labels. The deployment's group is the requested project, or the one started
    /// in the deployment's folder; otherwise it is the only project with an image of the catalogue's components, unless
    /// its label names another folder that exists.
    ///
    /// - Parameters:
    ///   - engine: the engine that runs them.
    ///   - folder: the deployment's folder, absolute and without links.
    ///   - project: the project's name, if the user gave it.
    ///   - turnPorts: the coturn ports that the deployment's files name.
    ///   - catalogue: the catalogue of the service.
    /// - Returns: the running services.
    /// - Throws: ``LiveError`` `nothingRuns` or `ambiguous`; ``ProcessError``.
    package static func containers(
        of engine: ContainerEngine,
        folder: String,
        project: String?,
        turnPorts: TURNPorts,
        catalogue: Catalogue
    ) throws -> LiveDeployment {
        let all = try engine.containers(keeping: catalogue.templateVariables)
        let chosen = try choose(all, folder: folder, project: project, catalogue: catalogue) {
            (try? Deployment.isFolder(FilePath($0))) == true
        }
        let services = try services(in: chosen, of: engine, turnPorts: turnPorts, catalogue: catalogue)
        let prosodies = services.filter { $0.component == "prosody" }
        guard let first = prosodies.first?.container else {
            throw LiveError(
                .nothingRuns,
                "no container of the deployment runs Prosody, so the accounts cannot be changed",
                remedy: .startingOrFilesAlone
            )
        }
        let script = try StartScript(of: first, engine: engine)
        let layouts = prosodies.first?.configuration.map(catalogue.layouts(withConfigurationAt:)) ?? []
        let known: [(regime: Catalogue.Regime?, evidence: String)] = [
            (script.regime(in: catalogue), script.evidence),
            (first.release.flatMap(catalogue.regime), "the release"),
            (catalogue.regime(of: layouts), "where Prosody's configuration is"),
        ]
        let regime = known.first { $0.regime != nil }
        let project = try ComposeProject(first, engine: engine)
        return LiveDeployment(
            services: services,
            recreation: project.map { .compose(engine, $0) } ?? .engine(engine),
            release: first.release,
            regime: regime?.regime,
            evidence: evidence(of: services, first, regime: regime),
            variables: prosodies.reduce(into: [:]) { $0.merge($1.container?.variables ?? [:]) { first, _ in first } }
        )
    }

    private static func services(
        in containers: [Container],
        of engine: ContainerEngine,
        turnPorts: TURNPorts,
        catalogue: Catalogue
    ) throws -> [LiveService] {
        let isLocal = try engine.isLocal()
        var services: [LiveService] = []
        for container in containers {
            guard let component = catalogue.component(of: container) else { continue }
            var service = LiveService(
                component: component,
                name: container.name,
                reach: engine.reach(container),
                container: container
            )
            service.isNear = isLocal
            switch component {
            case "prosody": try service.readProsody(layouts: catalogue.layouts, programs: engine.programs)
            case "coturn": service.listen(on: container.turnPorts.completed(by: turnPorts))
            default: break
            }
            services.append(service)
        }
        return services
    }

    /// Returns what was found and how, in sentences; `first` runs Prosody.
    private static func evidence(
        of services: [LiveService],
        _ first: Container,
        regime: (regime: Catalogue.Regime?, evidence: String)?
    ) -> [String] {
        let names = services.map { "\($0.name) is \($0.component)" }.joined(separator: ", ")
        let release = first.release.map { "release \($0), by the tag of \(first.image)" }
        let accounts = regime.flatMap { known in known.regime.map { "accounts: \($0.name), by \(known.evidence)" } }
        return [
            "\(services.count == 1 ? "1 container" : "\(services.count) containers") of \(first.project.map { "project \($0)" } ?? "no project"): \(names)",
            release ?? "unknown release: image \(first.image) has no release tag",
            accounts
                ?? "unknown startup behaviour; accounts are changed and containers recreated, which works for every release",
        ]
            + services.filter { $0.component == "prosody" }.compactMap { service in
                service.configuration.map { "\(service.name) has its configuration at \($0)" }
            }
    }

    /// Returns the containers that belong to a deployment.
    ///
    /// - Parameters:
    ///   - all: the running containers.
    ///   - folder: the deployment's folder, absolute and without links.
    ///   - project: the project's name, if the user gave it.
    ///   - catalogue: the catalogue of the service.
    ///   - isFolder: returns whether a folder exists.
    /// - Returns: the containers of the deployment.
    /// - Throws: ``LiveError`` `nothingRuns` or `ambiguous`.
    static func choose(
        _ all: [Container],
        folder: String,
        project: String?,
        catalogue: Catalogue,
        isFolder: (String) -> Bool
    ) throws(LiveError) -> [Container] {
        if let project {
            let chosen = all.filter { $0.project == project }
            guard chosen.isEmpty else { return chosen }
            throw LiveError(.nothingRuns, "no container of project \(project) is running")
        }
        let inFolder = all.filter { $0.projectFolder == folder }
        if !inFolder.isEmpty { return inFolder }
        let known = all.filter { catalogue.component(of: $0) == "prosody" }
        let projects = Set(known.map { $0.project ?? "" })
        guard let only = projects.first else {
            throw LiveError(.nothingRuns, "no container of this deployment is running")
        }
        guard projects.count == 1 else {
            throw LiveError(
                .ambiguous,
                "containers of several projects are running: \(projects.sorted().joined(separator: ", "))",
                remedy: .project
            )
        }
        // A project that was started in another folder belongs to another deployment, as long as that folder exists.
        if let other = known.compactMap(\.projectFolder).first(where: isFolder) {
            throw LiveError(
                .ambiguous,
                "the only project that runs Prosody, \(only), was started in another folder: \(other)",
                remedy: .project
            )
        }
        return all.filter { ($0.project ?? "") == only }
    }
}

extension Catalogue {
    /// Returns the component of a container, by the name of its image or its service.
    func component(of container: Container) -> String? {
        let image = ImageName(container.image).component
        if image.contains("coturn") { return "coturn" }
        let names = [image, container.service ?? ""]
        return names.lazy.compactMap { name in order.first { name == $0 || name.hasPrefix($0 + "-") } }.first
    }
}

extension LiveService {
    /// The configuration path of Prosody's own package.
    private static let packagedConfiguration = "/etc/prosody/prosody.cfg.lua"

    /// Finds Prosody's configuration and the ports on which it listens.
    mutating func readProsody(layouts: [Catalogue.Layout], programs: Programs) throws(ProcessError) {
        port = 5222
        componentPort = 5347
        if configuration == nil {
            let script = "for f in \"$@\"; do [ -f \"$f\" ] && echo \"$f\" && exit; done"
            let configurations = layouts.reversed().map(\.configuration) + [Self.packagedConfiguration]
            let answer = try run(["sh", "-c", script, "sh"] + configurations, programs: programs)
            let path = answer.text.split(separator: "\n").first.map(String.init)
            configuration = path
        }
        guard let configuration else { return }
        let lines = try run(["grep", "-hE", "^[[:space:]]*(c2s|component)_ports", configuration], programs: programs)
            .text
        for line in lines.split(separator: "\n") {
            let digits = line.drop { $0 != "=" }.drop { !$0.isNumber }.prefix { $0.isNumber }
            guard let number = Int(digits), (1...65535).contains(number) else { continue }
            if line.contains("c2s_ports") { port = number } else { componentPort = number }
        }
    }

    private func run(_ arguments: [String], programs: Programs) throws(ProcessError) -> Programs.Answer {
        try programs.run(reach.command(arguments).arguments, within: ContainerEngine.answerTime)
    }
}
