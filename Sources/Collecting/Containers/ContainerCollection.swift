internal import Archive
internal import Documents

/// The containers of a project as files: a compose file, its `.env`, and the contents of their folders.
public struct ContainerCollection: Sendable {
    /// The files.
    public private(set) var parts: [CollectedPart] = []
    /// The number of containers.
    public private(set) var containerCount = 0
    /// What was found but is in none of the files.
    public private(set) var leftOut: [CollectionRecord.LeftOut] = []
    /// The failures to read something, one sentence each.
    public private(set) var failures: [String] = []

    /// Reads a project.
    ///
    /// - Parameters:
    ///   - project: its name.
    ///   - engine: the reader of containers.
    ///   - progress: receives what is being read; returns false to stop.
    /// - Throws: ``ProcessError`` if the engine does not answer at all.
    package init(of project: String, through engine: ContainerEngine, progress: (String) -> Bool) throws(ProcessError) {
        var services: [ContainerService] = []
        for id in try engine.containers(of: project) {
            guard progress("container \(id.prefix(12))") else { return }
            do throws(ProcessError) {
                let container = try engine.container(id)
                let image = try engine.image(container["Image"]?.scalar ?? "")
                services.append(ContainerService(container, image: image, project: project))
            } catch {
                failures.append("container \(id.prefix(12)): \(error.message)")
            }
        }
        containerCount = services.count
        guard !services.isEmpty else { return }
        services.sort { ($0.name, $0.id) < ($1.name, $1.id) }
        var seen: Set<String> = []
        for service in services where !seen.insert(service.name).inserted {
            leftOut.append(.init(path: service.name, reason: "another container of the same service"))
        }
        var first: Set<String> = []
        services = services.filter { first.insert($0.name).inserted }
        let networks = networks(of: services, through: engine)
        let compose = ComposeFile(services, project: project, networks: networks)
        let origin = "docker:" + project
        parts.append(CollectedPart(path: "docker-compose.yml", bytes: Array(compose.text.utf8), origin: origin))
        parts.append(CollectedPart(path: ".env", bytes: Array(compose.variables.utf8), origin: origin))
        var volumes: Set<String> = []
        for service in services {
            leftOut += service.unknown.map {
                .init(path: "\(service.name): \($0)", reason: "not supported in a compose file")
            }
            if !service.fields.contains(where: { $0.name == "image" && ($0.value.scalar ?? "").contains("@sha256:") }) {
                leftOut.append(
                    .init(path: "\(service.name): digest", reason: "its image does not come from a registry")
                )
            }
            for mount in service.mounts {
                let isConfiguration = mount.target == "/config"
                guard isConfiguration || mount.isVolume else {
                    leftOut.append(
                        .init(path: mount.source, reason: "a host path mounted by \(service.name)")
                    )
                    continue
                }
                if mount.isVolume && !volumes.insert(mount.source).inserted { continue }
                guard progress("\(service.name): \(mount.target)") else { return }
                collectFiles(of: mount, of: service, through: engine)
            }
        }
        parts.sort { $0.path.precedes($1.path) }
    }

    private mutating func collectFiles(
        of mount: ContainerService.Mount,
        of service: ContainerService,
        through engine: ContainerEngine
    ) {
        do throws(ProcessError) {
            let (files, reason) = try engine.files(in: mount.target, of: service.id)
            if let reason { failures.append("\(service.name): \(mount.target): \(reason)") }
            let folder = mount.isVolume ? "volumes/\(mount.source)" : "config/\(service.name)"
            for (path, file) in files {
                let part = CollectedPart(
                    path: "\(folder)/\(path)",
                    bytes: file.bytes,
                    origin: "\(service.name):\(mount.target)/\(path)",
                    target: file.target,
                    rights: .init(permissions: file.owner.permissions, user: file.owner.user, group: file.owner.group)
                )
                let staysInside = file.target.map { Self.staysInside($0, of: path) } ?? true
                if staysInside {
                    parts.append(part)
                } else {
                    leftOut.append(.init(path: part.path, reason: "a link that leads outside"))
                }
            }
        } catch {
            failures.append("\(service.name): \(mount.target): \(error.message)")
        }
    }

    /// Whether a link's target is within its own folder.
    private static func staysInside(_ target: String, of path: String) -> Bool {
        !Deployment.Entry(path: path, content: .link(target: target)).leadsOutside
    }

    /// Returns the engine's descriptions of the services' networks.
    private mutating func networks(
        of services: [ContainerService],
        through engine: ContainerEngine
    ) -> [String: JSONValue] {
        var networks: [String: JSONValue] = [:]
        for name in Set(services.flatMap(\.networks).map(\.name)).sorted(by: { $0.precedes($1) }) {
            do throws(ProcessError) {
                networks[name] = try engine.network(name)
            } catch {
                failures.append("network \(name): \(error.message)")
            }
        }
        return networks
    }
}
