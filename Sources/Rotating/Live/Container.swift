internal import Documents

/// A container as described by its engine, without its environment's values except those that locate it.
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
    /// Whether it runs, and is not restarting in a loop.
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
        let configuration = value.member("Config")
        guard let id = value.member("Id")?.text, let name = value.member("Name")?.text,
            let image = configuration?.member("Image")?.text
        else { return nil }
        self.id = id
        self.name = name.hasPrefix("/") ? String(name.dropFirst()) : name
        self.image = image
        labels = [:]
        for member in configuration?.member("Labels")?.members ?? [] { labels[member.name] = member.value.text }
        variables = [:]
        for entry in configuration?.member("Env")?.texts ?? [] {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, names.contains(parts[0]) else { continue }
            variables[parts[0]] = parts[1]
        }
        let words = ["Entrypoint", "Cmd"].flatMap { configuration?.member($0)?.texts ?? [] }
        scripts = words.filter { text in
            text.hasPrefix("/") && !text.contains(" ") && !Self.programFolders.contains(where: text.hasPrefix)
        }
        let arguments = words.flatMap { $0.split(separator: " ").map(String.init) }
        showsTURNSecret = arguments.contains { $0.contains("--static-auth-secret") }
        turnPorts = TURNPorts(arguments: arguments)
        let state = value.member("State")
        isRunning = state?.member("Running") == .bool(true) && state?.member("Restarting") != .bool(true)
        let check = state?.member("Health") ?? state?.member("Healthcheck")
        health = check?.member("Status")?.text ?? ""
        let networks = value.member("NetworkSettings")?.member("Networks")?.members ?? []
        addresses = networks.compactMap { $0.value.member("IPAddress")?.text }.filter { !$0.isEmpty }
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

    /// The files of the project.
    var projectFiles: [String] {
        (labels["com.docker.compose.project.config_files"] ?? "").split(separator: ",").map(String.init)
    }

    /// The release of Jitsi's images, by the tag or a label.
    var release: Release? {
        ImageName(image).release ?? labels["org.opencontainers.image.version"].flatMap { Release($0) }
    }
}

extension JSONValue {
    fileprivate var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    fileprivate var members: [Member] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    fileprivate func member(_ name: String) -> JSONValue? { members.first { $0.name == name }?.value }

    /// The texts of a list, or the words of a text.
    fileprivate var texts: [String] {
        switch self {
        case .array(let values): values.compactMap(\.text)
        case .string(let text): text.split(separator: " ").map(String.init)
        default: []
        }
    }
}
