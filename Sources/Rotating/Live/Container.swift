internal import Documents

/// A container, as its engine describes it, without the values of its environment but for those that say where it belongs.
package struct Container: Hashable, Sendable {
    /// Its id.
    package var id: String
    /// Its name.
    package var name: String
    /// The name of its image, as it was asked for.
    package var image: String
    /// The labels of the container, with those of its image.
    package var labels: [String: String]
    /// The variables of its environment that a template of the catalogue names.
    package var variables: [String: String]
    /// The scripts that it runs, by its entry point and its command.
    package var scripts: [String]
    /// Whether it runs, and is not just starting over and over.
    package var isRunning: Bool
    /// What its own health check says: `healthy`, `starting`, `unhealthy`; empty where it has none.
    package var health: String
    /// Its addresses in the engine's networks.
    package var addresses: [String]

    /// The template by which the engine is asked: one JSON array a container.
    static let template =
        "[{{json .Id}},{{json .Name}},{{json .Config.Image}},{{json .Config.Labels}},{{json .Config.Env}},"
        + "{{json .Config.Entrypoint}},{{json .Config.Cmd}},{{json .State}},"
        + "\"{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}\"]"

    /// Reads one line of an answer to ``template``; nil for anything else.
    init?(line: [UInt8], keeping names: Set<String>) {
        guard case .array(let fields)? = try? JSONValue(parsing: line), fields.count == 9,
            let id = fields[0].text, let name = fields[1].text, let image = fields[2].text
        else { return nil }
        self.id = id
        self.name = name.hasPrefix("/") ? String(name.dropFirst()) : name
        self.image = image
        labels = [:]
        if case .object(let members) = fields[3] {
            for member in members { labels[member.name] = member.value.text }
        }
        variables = [:]
        for entry in fields[4].texts {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, names.contains(parts[0]) else { continue }
            variables[parts[0]] = parts[1]
        }
        scripts = (fields[5].texts + fields[6].texts).filter { text in
            text.hasPrefix("/") && !text.contains(" ") && !Self.programFolders.contains(where: text.hasPrefix)
        }
        isRunning = fields[7].member("Running") == .bool(true) && fields[7].member("Restarting") != .bool(true)
        health = fields[7].member("Health")?.member("Status")?.text ?? ""
        addresses = (fields[8].text ?? "").split(separator: " ").map(String.init)
    }

    /// Where programs are that are no scripts of a container's own.
    private static let programFolders = ["/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/"]

    /// The project of Compose that it belongs to.
    package var project: String? {
        labels["com.docker.compose.project"] ?? labels["io.podman.compose.project"]
    }

    /// The service of Compose that it is.
    package var service: String? {
        labels["com.docker.compose.service"] ?? labels["io.podman.compose.service"]
    }

    /// The folder in which Compose was started.
    var projectFolder: String? { labels["com.docker.compose.project.working_dir"] }

    /// The files of the project.
    var projectFiles: [String] {
        (labels["com.docker.compose.project.config_files"] ?? "").split(separator: ",").map(String.init)
    }

    /// The last part of the image's name, without its tag: `prosody` of `ghcr.io/jitsi/prosody:stable-11031`.
    var imageName: String {
        let last = image.split(separator: "/").last ?? ""
        return String(last.prefix { $0 != ":" && $0 != "@" })
    }

    /// The release of Jitsi's images, by the tag or a label.
    var release: Release? {
        let tag = image.split(separator: "/").last?.split(separator: "@").first?.split(separator: ":").dropFirst().first
        return tag.flatMap { Release($0) } ?? labels["org.opencontainers.image.version"].flatMap { Release($0) }
    }
}

extension JSONValue {
    fileprivate var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    fileprivate func member(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    fileprivate var texts: [String] {
        guard case .array(let values) = self else { return [] }
        return values.compactMap(\.text)
    }
}
