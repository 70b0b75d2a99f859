internal import Documents

/// Reads the host configuration of a container: ports, device mounts, limits, restart policy.
extension ContainerService {
    /// Fields of the host configuration that are lists or texts in the compose file under another name.
    private static let plain = [
        ("CapAdd", "cap_add"), ("CapDrop", "cap_drop"), ("Dns", "dns"), ("DnsSearch", "dns_search"),
        ("DnsOptions", "dns_opt"),
        ("ExtraHosts", "extra_hosts"), ("GroupAdd", "group_add"), ("SecurityOpt", "security_opt"),
        ("Sysctls", "sysctls"),
    ]

    /// Fields about the engine's own setup, or that are read elsewhere.
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
        // The defaults of docker and of podman.
        if let size = host["ShmSize"]?.number, ![0, 64 << 20, 64_000 << 10].contains(size) {
            set("shm_size", .integer(size))
        }
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
        set(
            "ulimits",
            .object(
                (host["Ulimits"]?.elements ?? []).map { limit in
                    let name = Self.text(limit["Name"]).lowercased()
                    return JSONValue.Member(
                        name.hasPrefix("rlimit_") ? String(name.dropFirst("rlimit_".count)) : name,
                        ["soft": limit["Soft"] ?? .null, "hard": limit["Hard"] ?? .null]
                    )
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

    /// Returns a port without the implied `/tcp`.
    static func port(_ text: String) -> String {
        text.hasSuffix("/tcp") ? String(text.dropLast("/tcp".count)) : text
    }
}
