internal import Documents

/// A container as a service of a compose file: what its owner set, and nothing that its image says already.
struct ContainerService {
    let name: String
    /// The service as it will stand in the compose file, without its environment and mounts.
    private(set) var fields: [(name: String, value: JSONValue)] = []
    /// The variables that the owner set.
    private(set) var environment: [(name: String, value: String)] = []
    private(set) var mounts: [Mount] = []
    /// The networks that it is in, with its further names there.
    private(set) var networks: [(name: String, aliases: [String], address: String?)] = []
    /// The name that the owner gave the image.
    let imageName: String
    /// What is set and stands in no field.
    private(set) var unknown: [String] = []
    let id: String

    /// A folder, file or volume that is mounted.
    struct Mount {
        var isVolume: Bool
        /// The path on the machine, or the volume's name.
        var source: String
        var target: String
        var isReadOnly: Bool
    }

    private let container: JSONValue
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

    /// The name that a container was given; that of Container-Optimized OS without what its agent adds.
    static func name(of container: String) -> String {
        let parts = container.split(separator: "-")
        guard parts.count >= 3, parts[0] == "klt", parts[parts.count - 1].count == 4 else { return container }
        return parts[1..<(parts.count - 1)].joined(separator: "-")
    }

    private static func text(_ value: JSONValue?) -> String { value?.scalar ?? "" }

    private mutating func set(_ name: String, _ value: JSONValue?) {
        if let value, !value.isEmpty { fields.append((name, value)) }
    }

    // MARK: - Image and command

    /// The image by its digest, which is what ran; by its name where no registry has given it one.
    private mutating func readImage() {
        let digests = (image["RepoDigests"]?.elements ?? []).compactMap(\.scalar)
        let repository = Self.repository(of: imageName)
        let digest = digests.first { $0.split(separator: "@").first.map(String.init) == repository } ?? digests.first
        set("image", .string(digest ?? imageName))
    }

    /// An image's name without tag and digest.
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
        ] where config[field] != standard[field] { set(name, config[field]) }
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

    // MARK: - The machine's part

    /// Fields of the host's configuration that are lists or texts in the compose file under another name.
    private static let plain = [
        ("CapAdd", "cap_add"), ("CapDrop", "cap_drop"), ("Dns", "dns"), ("DnsSearch", "dns_search"),
        ("DnsOptions", "dns_opt"),
        ("ExtraHosts", "extra_hosts"), ("GroupAdd", "group_add"), ("SecurityOpt", "security_opt"),
        ("Sysctls", "sysctls"),
    ]

    /// Fields that say how the engine itself is set up, or that are read elsewhere.
    private static let known: Set = [
        "Binds", "Mounts", "PortBindings", "NetworkMode", "RestartPolicy", "LogConfig", "Privileged", "ReadonlyRootfs",
        "Init",
        "ShmSize", "Tmpfs", "Devices", "Memory", "NanoCpus", "PidMode", "IpcMode", "Runtime", "ConsoleSize",
        "Isolation", "CgroupnsMode",
        "ContainerIDFile", "MaskedPaths", "ReadonlyPaths", "OomKillDisable", "PublishAllPorts", "UTSMode", "UsernsMode",
        "Cgroup",
        "VolumeDriver", "VolumesFrom", "CgroupManager", "OomScoreAdj", "MemorySwappiness", "CgroupMode", "CgroupConf",
        "IDMappings", "MemorySwap", "PidsLimit", "AutoRemoveImage", "Annotations",
    ]

    private mutating func readHost() {
        let host = container["HostConfig"] ?? .null
        for (field, name) in Self.plain { set(name, host[field]) }
        let ports = (host["PortBindings"]?.members ?? []).flatMap { port in
            port.value.elements.map { binding -> JSONValue in
                let address = Self.text(binding["HostIp"])
                let shown = address.contains(":") ? "[\(address)]" : address
                let published = Self.text(binding["HostPort"])
                let host = [shown, published].filter { !$0.isEmpty }.joined(separator: ":")
                return .string((host.isEmpty ? "" : host + ":") + Self.port(port.name))
            }
        }
        set("ports", .array(ports))
        if let restart = host["RestartPolicy"]?["Name"]?.scalar, restart != "no", !restart.isEmpty {
            let count = host["RestartPolicy"]?["MaximumRetryCount"]?.number ?? 0
            set("restart", .string(count > 0 ? "\(restart):\(count)" : restart))
        }
        for (field, name) in [("Privileged", "privileged"), ("ReadonlyRootfs", "read_only"), ("Init", "init")]
        where host[field]?.isTrue == true { set(name, true) }
        if let size = host["ShmSize"]?.number, size > 0, size != 64 << 20 { set("shm_size", .integer(size)) }
        if let size = host["Memory"]?.number, size > 0 { set("mem_limit", .integer(size)) }
        if let cpus = host["NanoCpus"]?.number, cpus > 0 {
            set("cpus", .string("\(cpus / 1_000_000_000).\(String(1000 + cpus / 1_000_000 % 1000).dropFirst())"))
        }
        set(
            "tmpfs",
            .array(
                (host["Tmpfs"]?.members ?? []).map { member in
                    let options = Self.text(member.value)
                    return .string(options.isEmpty ? member.name : "\(member.name):\(options)")
                }
            )
        )
        set(
            "devices",
            .array(
                (host["Devices"]?.elements ?? []).map { device in
                    let parts = ["PathOnHost", "PathInContainer", "CgroupPermissions"].map { Self.text(device[$0]) }
                    return .string(parts.filter { !$0.isEmpty }.joined(separator: ":"))
                }
            )
        )
        if host["PidMode"]?.scalar == "host" { set("pid", "host") }
        if host["IpcMode"]?.scalar == "host" { set("ipc", "host") }
        let logging = host["LogConfig"]
        if let driver = logging?["Type"]?.scalar, !driver.isEmpty,
            !["json-file", "journald", "k8s-file"].contains(driver) || logging?["Config"]?.isEmpty == false
        {
            set("logging", ["driver": .string(driver), "options": logging?["Config"] ?? [:]])
        }
        let handled = Self.known.union(Self.plain.map(\.0))
        for member in host.members where !handled.contains(member.name) && !Self.saysNothing(member.value) {
            unknown.append(member.name)
        }
    }

    private static func saysNothing(_ value: JSONValue) -> Bool {
        value.isEmpty || value == .integer(0) || value == .bool(false) || value == .string("default")
            || value == .string("private")
    }

    /// A port without `/tcp`, which is understood.
    private static func port(_ text: String) -> String {
        text.hasSuffix("/tcp") ? String(text.dropLast("/tcp".count)) : text
    }

    // MARK: - Environment, mounts, networks

    private mutating func readEnvironment() {
        let standard = Set((image["Config"]?["Env"]?.elements ?? []).compactMap(\.scalar))
        // podman sets these itself.
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
            // A volume without a name of its own comes from the image.
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
