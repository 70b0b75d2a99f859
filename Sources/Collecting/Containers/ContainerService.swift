internal import Documents

/// A container as a service of a compose file: the owner's settings, without those that come from the image.
struct ContainerService {
    let name: String
    /// The fields of the service in the compose file, without its environment and mounts.
    var fields: [(name: String, value: JSONValue)] = []
    /// The variables that the owner set.
    private(set) var environment: [(name: String, value: String)] = []
    private(set) var mounts: [Mount] = []
    /// Its networks, each with its aliases and its fixed address there.
    private(set) var networks: [(name: String, aliases: [String], address: String?)] = []
    /// The owner's name for the image.
    let imageName: String
    /// The settings that no field represents.
    var unknown: [String] = []
    let id: String

    /// A mounted folder, file or volume.
    struct Mount {
        var isVolume: Bool
        /// The path on the machine, or the volume's name.
        var source: String
        var target: String
        var isReadOnly: Bool
    }

    let container: JSONValue
    private let image: JSONValue
    private let project: String

    init(_ container: JSONValue, image: JSONValue, project: String) {
        self.container = container
        self.image = image
        self.project = project
        id = container["Id"]?.scalar ?? ""
        let own = Self.text(container["Name"]).trimmingPrefix("/")
        let labels = container["Config"]?["Labels"]
        name = labels?["com.docker.compose.service"]?.scalar ?? Self.name(of: String(own))
        imageName = container["Config"]?["Image"]?.scalar ?? ""
        readImage()
        readConfiguration(ownName: String(own))
        readHost()
        readEnvironment()
        readMounts()
        readNetworks()
    }

    /// Returns the service's name for a container's name: without the parts that the agent of Container-Optimized OS
    /// adds.
    static func name(of container: String) -> String {
        let parts = container.split(separator: "-")
        guard parts.count >= 3, parts[0] == "klt", parts[parts.count - 1].count == 4 else { return container }
        return parts[1..<(parts.count - 1)].joined(separator: "-")
    }

    static func text(_ value: JSONValue?) -> String { value?.scalar ?? "" }

    mutating func set(_ name: String, _ value: JSONValue?) {
        if let value, !value.isEmpty { fields.append((name, value)) }
    }

    // MARK: - Image and command

    /// Reads the image by its digest, which identifies what was running; or by its name, if it has no digest from a
    /// registry.
    private mutating func readImage() {
        // podman also gives an image that was never pushed a digest, in a registry that does not exist.
        let digests = (image["RepoDigests"]?.elements ?? []).compactMap(\.scalar)
            .filter { !$0.hasPrefix("localhost/") }
        let repository = Self.repository(of: imageName)
        let digest = digests.first { $0.split(separator: "@").first.map(String.init) == repository } ?? digests.first
        set("image", .string(digest ?? imageName))
    }

    /// Returns an image's name without tag and digest.
    private static func repository(of image: String) -> String {
        let name = String(image.split(separator: "@").first ?? "")
        guard let colon = name.lastIndex(of: ":"), !name.suffix(from: colon).contains("/") else { return name }
        return String(name.prefix(upTo: colon))
    }

    private mutating func readConfiguration(ownName: String) {
        let config = container["Config"] ?? .null
        let standard = image["Config"] ?? .null
        let number = config["Labels"]?["com.docker.compose.container-number"]?.scalar ?? "1"
        let usual: Set = ["\(project)_\(name)_\(number)", "\(project)-\(name)-\(number)"]
        if !usual.contains(ownName) && !ownName.hasPrefix("klt-") { set("container_name", .string(ownName)) }
        if config["Entrypoint"] != standard["Entrypoint"] { set("entrypoint", config["Entrypoint"]) }
        if config["Cmd"] != standard["Cmd"] { set("command", config["Cmd"]) }
        for (field, name) in [
            ("User", "user"), ("WorkingDir", "working_dir"), ("StopSignal", "stop_signal"),
            ("Domainname", "domainname"),
        ] where config[field] != standard[field] && !Self.isUsual(field, config[field]) { set(name, config[field]) }
        let hostname = Self.text(config["Hostname"])
        if !id.hasPrefix(hostname) && container["HostConfig"]?["NetworkMode"]?.scalar != "host" {
            set("hostname", .string(hostname))
        }
        if config["Tty"]?.isTrue == true { set("tty", true) }
        if config["OpenStdin"]?.isTrue == true { set("stdin_open", true) }
        readHealth(config["Healthcheck"], standard["Healthcheck"])
        let published = Set((container["HostConfig"]?["PortBindings"]?.members ?? []).map(\.name))
        let exposed = (config["ExposedPorts"]?.members ?? []).map(\.name)
            .filter { standard["ExposedPorts"]?[$0] == nil && !published.contains($0) }
        set("expose", .array(exposed.map { .string(Self.port($0)) }))
        let labels = (config["Labels"]?.members ?? []).filter { label in
            !label.name.hasPrefix("com.docker.compose.") && standard["Labels"]?[label.name] != label.value
        }
        set("labels", .object(labels))
        let dependencies = Self.text(config["Labels"]?["com.docker.compose.depends_on"]).split(separator: ",")
        set(
            "depends_on",
            .array(dependencies.compactMap { $0.split(separator: ":").first }.map { .string(String($0)) })
        )
    }

    /// Whether podman states a default that docker omits: the root folder, and SIGTERM.
    private static func isUsual(_ field: String, _ value: JSONValue?) -> Bool {
        switch (field, value?.scalar) {
        case ("WorkingDir", "/"), ("StopSignal", "15"), ("StopSignal", "SIGTERM"): true
        default: false
        }
    }

    private mutating func readHealth(_ own: JSONValue?, _ standard: JSONValue?) {
        guard let own, own != standard, !own.isEmpty else { return }
        var members: [JSONValue.Member] = []
        if let test = own["Test"] { members.append(JSONValue.Member("test", test)) }
        for (field, name) in [("Interval", "interval"), ("Timeout", "timeout"), ("StartPeriod", "start_period")] {
            if let time = own[field]?.number, time > 0 {
                members.append(JSONValue.Member(name, .string("\(time / 1_000_000)ms")))
            }
        }
        if let retries = own["Retries"]?.number, retries > 0 {
            members.append(JSONValue.Member("retries", .integer(retries)))
        }
        set("healthcheck", .object(members))
    }

    // MARK: - Environment, mounts, networks

    private mutating func readEnvironment() {
        let standard = Set((image["Config"]?["Env"]?.elements ?? []).compactMap(\.scalar))
        // podman sets these variables itself.
        let ofEngine: Set = ["HOSTNAME", "container", "TERM", "HOME"]
        for entry in (container["Config"]?["Env"]?.elements ?? []).compactMap(\.scalar) where !standard.contains(entry)
        {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else { continue }
            let isUsualPath =
                parts[0] == "PATH" && parts[1] == "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
            if isUsualPath || ofEngine.contains(parts[0]) && container["ImageDigest"] != nil { continue }
            environment.append((parts[0], parts[1]))
        }
        environment.sort { $0.name.precedes($1.name) }
    }

    private mutating func readMounts() {
        for mount in container["Mounts"]?.elements ?? [] {
            let isVolume = mount["Type"]?.scalar == "volume"
            let source = Self.text(isVolume ? mount["Name"] : mount["Source"])
            let target = Self.text(mount["Destination"])
            // An anonymous volume comes from the image.
            let isAnonymous = isVolume && source.utf8.count == 64 && source.allSatisfy(\.isHexDigit)
            if source.isEmpty || target.isEmpty || isAnonymous || mount["Type"]?.scalar == "tmpfs" { continue }
            mounts.append(
                Mount(isVolume: isVolume, source: source, target: target, isReadOnly: mount["RW"] == .bool(false))
            )
        }
        mounts.sort { $0.target.precedes($1.target) }
    }

    private mutating func readNetworks() {
        let mode = container["HostConfig"]?["NetworkMode"]?.scalar ?? ""
        if ["host", "none", "bridge"].contains(mode) || mode.hasPrefix("container:") {
            set("network_mode", .string(mode))
            return
        }
        for network in container["NetworkSettings"]?["Networks"]?.members ?? [] {
            let own = String(Self.text(container["Name"]).trimmingPrefix("/"))
            let aliases = (network.value["Aliases"]?.elements ?? []).compactMap(\.scalar)
                .filter { $0 != name && $0 != own && !id.hasPrefix($0) }
            let address = network.value["IPAMConfig"]?["IPv4Address"]?.scalar
            networks.append((network.name, aliases.sorted { $0.precedes($1) }, address))
        }
        networks.sort { $0.name.precedes($1.name) }
    }
}
