internal import Documents

/// Reads the host configuration of a container: ports, device mounts, limits, restart policy.
extension ContainerService {
    /// The fields of the host configuration that are lists or texts in the compose file under another name.
    private static let plain = [
        ("CapAdd", "cap_add"), ("CapDrop", "cap_drop"), ("Dns", "dns"), ("DnsSearch", "dns_search"),
        ("DnsOptions", "dns_opt"),
        ("ExtraHosts", "extra_hosts"), ("GroupAdd", "group_add"), ("SecurityOpt", "security_opt"),
        ("Sysctls", "sysctls"),
    ]

    /// The fields that are about the engine's own setup or are read elsewhere.
    private static let known: Set = [
        "Binds", "Ulimits", "Mounts", "PortBindings", "NetworkMode", "RestartPolicy", "LogConfig", "Privileged",
        "ReadonlyRootfs",
        "Init",
        "ShmSize", "Tmpfs", "Devices", "Memory", "NanoCpus", "PidMode", "IpcMode", "Runtime", "ConsoleSize",
        "Isolation", "CgroupnsMode",
        "ContainerIDFile", "MaskedPaths", "ReadonlyPaths", "OomKillDisable", "PublishAllPorts", "UTSMode", "UsernsMode",
        "Cgroup",
        "VolumeDriver", "VolumesFrom", "CgroupManager", "OomScoreAdj", "MemorySwappiness", "CgroupMode", "CgroupConf",
        "IDMappings", "MemorySwap", "PidsLimit", "AutoRemoveImage", "Annotations",
    ]

    mutating func readHost() {
        let host = container["HostConfig"] ?? .null
        for (field, name) in Self.plain { set(name, host[field]) }
        set("ports", .array((host["PortBindings"]?.members ?? []).flatMap(Self.ports)))
        readRestart(host["RestartPolicy"] ?? .null)
        for (field, name) in [("Privileged", "privileged"), ("ReadonlyRootfs", "read_only"), ("Init", "init")]
        where host[field]?.isTrue == true { set(name, true) }
        readSizes(host)
        set("tmpfs", .array((host["Tmpfs"]?.members ?? []).map(Self.temporaryFolder)))
        set("devices", .array((host["Devices"]?.elements ?? []).map(Self.device)))
        set("ulimits", .object((host["Ulimits"]?.elements ?? []).map(Self.limit)))
        if host["PidMode"]?.scalar == "host" { set("pid", "host") }
        if host["IpcMode"]?.scalar == "host" { set("ipc", "host") }
        readLogging(host["LogConfig"] ?? .null)
        let handled = Self.known.union(Self.plain.map(\.0))
        for member in host.members where !handled.contains(member.name) && !Self.saysNothing(member.value) {
            unknown.append(member.name)
        }
    }

    private mutating func readRestart(_ policy: JSONValue) {
        guard let name = policy["Name"]?.scalar, name != "no", !name.isEmpty else { return }
        let count = policy["MaximumRetryCount"]?.number ?? 0
        set("restart", .string(count > 0 ? "\(name):\(count)" : name))
    }

    private mutating func readSizes(_ host: JSONValue) {
        // The default sizes of docker and of podman.
        if let size = host["ShmSize"]?.number, ![0, 64 << 20, 64_000 << 10].contains(size) {
            set("shm_size", .integer(size))
        }
        if let size = host["Memory"]?.number, size > 0 { set("mem_limit", .integer(size)) }
        if let cpus = host["NanoCpus"]?.number, cpus > 0 {
            set("cpus", .string("\(cpus / 1_000_000_000).\(String(1000 + cpus / 1_000_000 % 1000).dropFirst())"))
        }
    }

    private mutating func readLogging(_ logging: JSONValue) {
        guard let driver = logging["Type"]?.scalar, !driver.isEmpty,
            !["json-file", "journald", "k8s-file"].contains(driver) || logging["Config"]?.isEmpty == false
        else { return }
        set("logging", ["driver": .string(driver), "options": logging["Config"] ?? [:]])
    }

    /// Returns the addresses and ports of the host that lead to a port of the container, as `127.0.0.1:8080:80`.
    private static func ports(_ port: JSONValue.Member) -> [JSONValue] {
        port.value.elements.map { binding in
            let address = text(binding["HostIp"])
            let shown = address.contains(":") ? "[\(address)]" : address
            let published = text(binding["HostPort"])
            let host = [shown, published].filter { !$0.isEmpty }.joined(separator: ":")
            return .string((host.isEmpty ? "" : host + ":") + Self.port(port.name))
        }
    }

    private static func temporaryFolder(_ member: JSONValue.Member) -> JSONValue {
        let options = text(member.value)
        return .string(options.isEmpty ? member.name : "\(member.name):\(options)")
    }

    private static func device(_ device: JSONValue) -> JSONValue {
        let parts = ["PathOnHost", "PathInContainer", "CgroupPermissions"].map { text(device[$0]) }
        return .string(parts.filter { !$0.isEmpty }.joined(separator: ":"))
    }

    private static func limit(_ limit: JSONValue) -> JSONValue.Member {
        let name = text(limit["Name"]).lowercased()
        return JSONValue.Member(
            name.hasPrefix("rlimit_") ? String(name.dropFirst("rlimit_".count)) : name,
            ["soft": limit["Soft"] ?? .null, "hard": limit["Hard"] ?? .null]
        )
    }

    private static func saysNothing(_ value: JSONValue) -> Bool {
        value.isEmpty || value == .integer(0) || value == .bool(false) || value == .string("default")
            || value == .string("private")
    }

    /// Returns a port without the implied `/tcp`.
    static func port(_ text: String) -> String {
        text.hasSuffix("/tcp") ? String(text.dropLast("/tcp".count)) : text
    }
}
