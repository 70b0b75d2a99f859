internal import Documents

/// A compose file and its `.env` that recreate the same containers.
struct ComposeFile {
    /// The compose file.
    private(set) var text = ""
    /// The text of the `.env` file.
    private(set) var variables = ""
    /// The folder on the machine that holds the services' folders; nil if they do not share one.
    let configuration: String?

    private let services: [ContainerService]
    private let project: String
    private let networks: [String: JSONValue]
    private var values: [(name: String, value: String)] = []

    /// Makes the files.
    ///
    /// - Parameters:
    ///   - services: the containers.
    ///   - project: the name of the project.
    ///   - networks: the engine's description of each network, by name.
    init(_ services: [ContainerService], project: String, networks: [String: JSONValue] = [:]) {
        self.services = services
        self.project = project
        self.networks = networks
        configuration = Self.configuration(of: services)
        values.append(("COMPOSE_PROJECT_NAME", project))
        if let configuration { values.append(("CONFIG", configuration)) }
        write()
    }

    /// Returns the folder that holds one folder for each service, such as `~/.jitsi-meet-cfg`.
    private static func configuration(of services: [ContainerService]) -> String? {
        let parents = services.flatMap { service in
            service.mounts.filter { !$0.isVolume && $0.target == "/config" }.map { mount -> String? in
                guard mount.source.hasSuffix("/" + service.name) else { return nil }
                return String(mount.source.dropLast(service.name.count + 1))
            }
        }
        guard let first = parents.first, let first, !first.isEmpty, parents.allSatisfy({ $0 == first }) else {
            return nil
        }
        return first
    }

    private mutating func write() {
        var names = ComposeVariables(services)
        var lines = ["services:"]
        for service in services {
            lines.append("  \(Self.key(service.name)):")
            for (name, value) in service.fields {
                if name == "image", value.scalar != service.imageName { lines.append("    # \(service.imageName)") }
                Self.write(name, value, indent: 4, to: &lines)
            }
            writeEnvironment(of: service, &names, to: &lines)
            writeMounts(of: service, to: &lines)
            writeNetworks(of: service, to: &lines)
        }
        writeNetworks(to: &lines)
        writeVolumes(to: &lines)
        text = lines.joined(separator: "\n") + "\n"
        variables = values.map { "\($0.name)=\(Self.dotenv($0.value) ?? "")\n" }.joined()
    }

    private mutating func writeEnvironment(
        of service: ContainerService,
        _ names: inout ComposeVariables,
        to lines: inout [String]
    ) {
        guard !service.environment.isEmpty else { return }
        lines.append("    environment:")
        for (name, value) in service.environment {
            // A value that Compose v1 and v2 would read differently in a `.env` file is written in the compose file.
            guard Self.dotenv(value) != nil, let variable = names.name(of: name, value: value, in: service.name) else {
                lines.append("      \(Self.key(name)): \(Self.quoted(value))")
                continue
            }
            lines.append("      \(Self.key(name)): ${\(variable)}")
            if !values.contains(where: { $0.name == variable }) { values.append((variable, value)) }
        }
    }

    private func writeMounts(of service: ContainerService, to lines: inout [String]) {
        guard !service.mounts.isEmpty else { return }
        lines.append("    volumes:")
        for mount in service.mounts {
            var source = Self.escaped(mount.source)
            if let configuration, !mount.isVolume, mount.source.hasPrefix(configuration + "/") {
                source = "${CONFIG}" + Self.escaped(String(mount.source.dropFirst(configuration.count)))
            }
            let text = source + ":" + Self.escaped(mount.target) + (mount.isReadOnly ? ":ro" : "")
            lines.append("      - " + Self.scalar(text, isEscaped: true))
        }
    }

    private func writeNetworks(of service: ContainerService, to lines: inout [String]) {
        let own = service.networks.filter { !isDefault($0.name) || !$0.aliases.isEmpty || $0.address != nil }
        guard !own.isEmpty else { return }
        lines.append("    networks:")
        for network in service.networks {
            lines.append("      \(Self.key(shortName(network.name))):")
            if let address = network.address { lines.append("        ipv4_address: \(Self.scalar(address))") }
            if !network.aliases.isEmpty {
                lines.append("        aliases:")
                lines += network.aliases.map { "          - " + Self.scalar($0) }
            }
        }
    }

    private func writeNetworks(to lines: inout [String]) {
        let all = Set(services.flatMap(\.networks).map(\.name)).sorted { $0.precedes($1) }
        // Networks with Compose's default settings are left to Compose.
        let names = all.filter { !isDefault($0) || !settings(of: $0).isEmpty }
        guard !names.isEmpty else { return }
        lines.append("networks:")
        for name in names {
            let short = shortName(name)
            let settings = settings(of: name)
            if short == name {
                // A network that Compose did not create is external.
                lines += ["  \(Self.key(short)):", "    name: \(Self.scalar(name))", "    external: true"]
                continue
            }
            lines.append("  \(Self.key(short)):" + (settings.isEmpty ? " {}" : ""))
            for setting in settings { Self.write(setting.name, setting.value, indent: 4, to: &lines) }
        }
    }

    /// Returns the settings of a network that its owner changed.
    private func settings(of name: String) -> [JSONValue.Member] {
        guard let network = networks[name] else { return [] }
        var members: [JSONValue.Member] = []
        if let driver = network["Driver"]?.scalar, driver != "bridge" {
            members.append(JSONValue.Member("driver", .string(driver)))
        }
        if network["Internal"]?.isTrue == true { members.append(JSONValue.Member("internal", true)) }
        if network["EnableIPv6"]?.isTrue == true { members.append(JSONValue.Member("enable_ipv6", true)) }
        if let options = network["Options"], !options.isEmpty {
            members.append(JSONValue.Member("driver_opts", options))
        }
        // A fixed address requires the network's range; otherwise the engine chooses one.
        let isFixed = services.contains { $0.networks.contains { $0.name == name && $0.address != nil } }
        let subnets = (network["IPAM"]?["Config"]?.elements ?? []).compactMap { $0["Subnet"]?.scalar }
        if isFixed && !subnets.isEmpty {
            members.append(JSONValue.Member("ipam", ["config": .array(subnets.map { ["subnet": .string($0)] })]))
        }
        return members
    }

    private func writeVolumes(to lines: inout [String]) {
        let names = Set(services.flatMap(\.mounts).filter(\.isVolume).map(\.source)).sorted { $0.precedes($1) }
        guard !names.isEmpty else { return }
        lines.append("volumes:")
        for name in names { lines += ["  \(Self.key(name)):", "    name: \(Self.scalar(name))"] }
    }

    private func isDefault(_ network: String) -> Bool { network == project + "_default" }

    /// Returns the name of a network without the project prefix, which Compose adds.
    private func shortName(_ network: String) -> String {
        network.hasPrefix(project + "_") ? String(network.dropFirst(project.count + 1)) : network
    }

    // MARK: - Spelling

    private static func write(_ name: String, _ value: JSONValue, indent: Int, to lines: inout [String]) {
        let space = String(repeating: " ", count: indent)
        switch value {
        case .array(let elements):
            lines.append("\(space)\(key(name)):")
            for element in elements {
                guard case .object(let members) = element else {
                    lines.append("\(space)  - " + (element.scalar.map { scalar($0) } ?? "\"\""))
                    continue
                }
                var inner: [String] = []
                for member in members { write(member.name, member.value, indent: indent + 4, to: &inner) }
                // The first of them follows the dash.
                lines += inner.enumerated().map { $0 == 0 ? "\(space)  - " + $1.dropFirst(indent + 4) : $1 }
            }
        case .object(let members):
            lines.append("\(space)\(key(name)):" + (members.isEmpty ? " {}" : ""))
            for member in members { write(member.name, member.value, indent: indent + 2, to: &lines) }
        case .integer(let number): lines.append("\(space)\(key(name)): \(number)")
        case .bool(let flag): lines.append("\(space)\(key(name)): \(flag)")
        case .string(let text): lines.append("\(space)\(key(name)): \(scalar(text))")
        case .null: break
        }
    }

    private static func key(_ name: String) -> String { YAMLScalar.isPlain(name) ? name : quoted(name) }

    private static func scalar(_ text: String, isEscaped: Bool = false) -> String {
        isEscaped || YAMLScalar.isPlain(text) ? YAMLScalar.spelled(text) : quoted(text)
    }

    private static func escaped(_ text: String) -> String { text.replacing("$", with: "$$") }

    private static func quoted(_ text: String) -> String { YAMLScalar.quoted(escaped(text)) }

    /// Returns a value in `.env` syntax; nil if all versions of Compose do not agree on how to read it.
    ///
    /// Source: python-dotenv 0.21 `parser.py`, and compose-go `dotenv/parser.go`: both read text between single quotes
    /// literally, except for a backslash and the quote itself.
    static func dotenv(_ value: String) -> String? {
        let isPlain = value.utf8.allSatisfy { $0.isAlphanumeric || "/._@-:,+=~%".utf8.contains($0) }
        if isPlain { return value }
        guard value.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }), !value.contains("'"), !value.contains("\\") else {
            return nil
        }
        return "'\(value)'"
    }
}
