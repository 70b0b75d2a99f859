package import Collecting

extension LiveDeployment {
    /// Options for a machine without containers.
    package struct Machine: Sendable {
        /// Prosody's configuration file; nil for the first existing one among the deployment's own and the usual ones.
        package var configuration: String?
        /// The command that restarts a service; the service's name is appended.
        package var restart: [String]

        /// Makes the options.
        package init(configuration: String?, restart: [String]) {
            self.configuration = configuration
            self.restart = restart
        }
    }

    /// Finds the services of a machine that were installed from Debian packages.
    ///
    /// - Parameters:
    ///   - machine: the options.
    ///   - folder: the deployment's folder.
    ///   - paths: the files of the deployment, relative to its folder.
    ///   - turnPorts: the coturn ports that the deployment's files name.
    ///   - programs: runs `prosodyctl`.
    /// - Returns: the running services.
    /// - Throws: ``LiveError`` `nothingRuns`; ``ProcessError``.
    package static func machine(
        _ machine: Machine,
        folder: String,
        paths: [String],
        turnPorts: TURNPorts,
        programs: Programs
    ) throws -> LiveDeployment {
        let own = paths.filter { $0 == "prosody.cfg.lua" || $0.hasSuffix("/prosody.cfg.lua") }
            .min { $0.utf8.count < $1.utf8.count }.map { "\(folder)/\($0)" }
        var prosody = LiveService(component: "prosody", name: "prosody", reach: .here)
        prosody.configuration = machine.configuration ?? own
        try prosody.readProsody(layouts: [], programs: programs)
        guard let configuration = prosody.configuration else {
            throw LiveError(
                .nothingRuns,
                "there is no Prosody configuration here",
                remedy: .pathOfProsodyConfiguration
            )
        }
        var services = [prosody]
        var evidence = ["Prosody on this machine, configured in \(configuration)"]
        if paths.contains(where: { $0.split(separator: "/").last == "turnserver.conf" }) {
            var coturn = LiveService(component: "coturn", name: "coturn", reach: .here)
            coturn.listen(on: turnPorts)
            services.append(coturn)
            evidence.append("coturn on this machine, by its turnserver.conf")
        }
        let parts = [
            ("jicofo", "jicofo", ["jicofo"]), ("jvb", "jitsi-videobridge2", ["jvb", "videobridge"]),
            ("jigasi", "jigasi", ["jigasi"]), ("jibri", "jibri", ["jibri"]),
        ]
        for (component, name, marks) in parts {
            let isHere = paths.contains { path in
                path.split(separator: "/").contains { part in marks.contains { part == $0 || part.hasPrefix($0 + ".") }
                }
            }
            if isHere { services.append(LiveService(component: component, name: name, reach: .here)) }
        }
        evidence.append("services: " + services.map(\.name).joined(separator: ", "))
        return LiveDeployment(
            services: services,
            recreation: .service(restart: machine.restart),
            release: nil,
            regime: nil,
            evidence: evidence,
            variables: [:]
        )
    }
}
