internal import Documents

/// A container as described by its engine, without the values of its environment except for those that locate it.
package struct Container: Hashable, Sendable {
    /// Its id.
    package var id: String
    /// Its name.
    package var name: String
    /// The name of its image, as requested.
    package var image: String
    /// The labels of the container, with those of its image.
    package var labels: [String: String]
    /// The environment variables that a template of the catalogue names.
    package var variables: [String: String]
    /// The scripts that it runs, by its entry point and its command.
    package var scripts: [String]
    /// Whether it is running and not restarting in a loop.
    package var isRunning: Bool
    /// The state of its health check: `healthy`, `starting`, `unhealthy`; empty if it has none.
    package var health: String
    /// Its addresses in the engine's networks.
    package var addresses: [String]

    /// Whether its program's arguments contain a TURN shared secret.
    package var showsTURNSecret: Bool
    /// The TURN ports in its program's arguments.
    var turnPorts: TURNPorts

    /// Reads an engine's description of a container; nil for anything else.
    ///
    /// Docker and podman mostly agree; podman writes an entry point as one text, and names a health check differently.
    init?(_ value: JSONValue, keeping names: Set<String>) {
        let configuration = value["Config"]
        guard let id = value["Id"]?.scalar, let name = value["Name"]?.scalar,
            let image = configuration?["Image"]?.scalar
        else { return nil }
        self.id = id
        self.name = name.hasPrefix("/") ? String(name.dropFirst()) : name
        self.image = image
        labels = [:]
        for member in configuration?["Labels"]?.members ?? [] { labels[member.name] = member.value.scalar }
        variables = [:]
        for entry in configuration?["Env"]?.texts ?? [] {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, names.contains(parts[0]) else { continue }
            variables[parts[0]] = parts[1]
        }
        let words = ["Entrypoint", "Cmd"].flatMap { configuration?[$0]?.texts ?? [] }
        scripts = words.filter { text in
            text.hasPrefix("/") && !text.contains(" ") && !Self.programFolders.contains(where: text.hasPrefix)
        }
        let arguments = words.flatMap { $0.split(separator: " ").map(String.init) }
        showsTURNSecret = arguments.contains { $0.contains("--static-auth-secret") }
        turnPorts = TURNPorts(arguments: arguments)
        let state = value["State"]
        isRunning = state?["Running"]?.isTrue == true && state?["Restarting"]?.isTrue != true
        let check = state?["Health"] ?? state?["Healthcheck"]
        health = check?["Status"]?.scalar ?? ""
        let networks = value["NetworkSettings"]?["Networks"]?.members ?? []
        addresses = networks.compactMap { $0.value["IPAddress"]?.scalar }.filter { !$0.isEmpty }
    }

    /// The folders of programs that are not a container's own scripts.
    private static let programFolders = ["/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/"]

    /// The Compose project that it belongs to.
    package var project: String? {
        labels["com.docker.compose.project"] ?? labels["io.podman.compose.project"]
    }

    /// The Compose service that it is.
    package var service: String? {
        labels["com.docker.compose.service"] ?? labels["io.podman.compose.service"]
    }

    /// The folder in which Compose was started.
    var projectFolder: String? { labels["com.docker.compose.project.working_dir"] }

    /// The Compose files of the project.
    var projectFiles: [String] {
        (labels["com.docker.compose.project.config_files"] ?? "").split(separator: ",").map(String.init)
    }

    /// The release of Jitsi's images, according to the tag or a label.
    var release: Release? {
        ImageName(image).release ?? labels["org.opencontainers.image.version"].flatMap { Release($0) }
    }
}

extension JSONValue {
    /// The texts of a list, or the words of a text.
    fileprivate var texts: [String] {
        guard case .string(let text) = self else { return elements.compactMap(\.scalar) }
        return text.split(separator: " ").map(String.init)
    }
}
