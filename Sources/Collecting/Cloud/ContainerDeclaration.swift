internal import Documents

/// The contents of `gce-container-declaration`: one container, run by the start-up agent of Container-Optimized OS.
///
/// Source: https://github.com/GoogleCloudPlatform/konlet, `gce-containers-startup/types/types.go` and
/// `runtime/runtime.go`.
struct ContainerDeclaration {
    private var name = ""
    private var image = ""
    private var command: [String] = []
    private var arguments: [String] = []
    private var environment: [(name: String, value: String)] = []
    private var mounts: [(source: String, target: String, isReadOnly: Bool)] = []
    private var temporary: [String] = []
    private var isPrivileged = false
    private var keepsInputOpen = false
    private var hasTerminal = false
    private var restart = "always"

    /// Reads a declaration.
    ///
    /// - Throws: ``KonletError`` if it contains something that an equivalent cloud-init would lose.
    init(_ text: String) throws(KonletError) {
        let root: YAMLNode?
        do throws(YAMLNode.ReadingError) {
            root = try YAMLNode.read(Array(text.utf8))
        } catch {
            throw KonletError(message: "it is not YAML: \(error.message)")
        }
        guard let spec = root?["spec"], let containers = spec["containers"]?.elements, containers.count == 1 else {
            throw KonletError(message: "it does not declare one container")
        }
        switch spec["restartPolicy"]?.text {
        case nil, "Always": restart = "always"
        case "OnFailure": restart = "on-failure"
        case "Never": restart = "no"
        default: throw KonletError(message: "its restart policy is unknown")
        }
        try read(containers[0], volumes: spec["volumes"]?.elements ?? [])
    }

    private mutating func read(_ container: YAMLNode, volumes: [YAMLNode]) throws(KonletError) {
        let known: Set = [
            "name", "image", "command", "args", "env", "volumeMounts", "securityContext", "stdin", "tty", "ports",
        ]
        guard (container.members ?? []).allSatisfy({ known.contains($0.name) }) else {
            throw KonletError(message: "a member of the container is unknown")
        }
        guard let image = container["image"]?.text else { throw KonletError(message: "it names no image") }
        self.image = image
        name = container["name"]?.text ?? "container"
        guard
            name.utf8.allSatisfy({
                $0 == 45 || $0 == 46 || $0 == 95 || Character(Unicode.Scalar($0)).isLetter
                    || Character(Unicode.Scalar($0)).isNumber
            })
        else {
            throw KonletError(message: "the container's name cannot be a unit's")
        }
        command = (container["command"]?.elements ?? []).compactMap(\.text)
        arguments = (container["args"]?.elements ?? []).compactMap(\.text)
        isPrivileged = container["securityContext"]?["privileged"]?.text == "true"
        keepsInputOpen = container["stdin"]?.text == "true"
        hasTerminal = container["tty"]?.text == "true"
        for variable in container["env"]?.elements ?? [] {
            guard let name = variable["name"]?.text else { throw KonletError(message: "a variable has no name") }
            let value = variable["value"]?.text ?? ""
            guard !value.contains("\n") else { throw KonletError(message: "the variable \(name) has several lines") }
            environment.append((name, value))
        }
        for mount in container["volumeMounts"]?.elements ?? [] {
            guard let target = mount["mountPath"]?.text, let name = mount["name"]?.text,
                let volume = volumes.first(where: { $0["name"]?.text == name })
            else { throw KonletError(message: "a volume of the container is not declared") }
            if let path = volume["hostPath"]?["path"]?.text {
                mounts.append((path, target, mount["readOnly"]?.text == "true"))
            } else if volume["emptyDir"] != nil {
                temporary.append(target)
            } else {
                throw KonletError(message: "it mounts a disk, which a cloud-init would have to format and mount itself")
            }
        }
    }

    /// Returns an equivalent cloud-init: a systemd unit that runs the container with Docker, and a file with its
    /// environment.
    ///
    /// Like the start-up agent, it uses the machine's network and accepts all connections that the firewall rules
    /// allow.
    func cloudInit() -> String {
        var lines = ["#cloud-config", "write_files:"]
        lines += ["- path: /etc/containers/\(name).env", "  permissions: \"0600\"", "  owner: root"]
        lines += Self.content(environment.map { "\($0.name)=\($0.value)" })
        lines += ["- path: /etc/systemd/system/\(name).service", "  permissions: \"0644\"", "  owner: root"]
        lines += Self.content([
            "[Unit]", "Description=The container \(name)", "Wants=network-online.target docker.service",
            "After=network-online.target docker.service", "", "[Service]",
            "ExecStartPre=-/usr/bin/docker rm --force \(name)",
            "ExecStart=" + run().map(Self.quoted).joined(separator: " "),
            "ExecStop=/usr/bin/docker stop \(name)", "Restart=\(restart)", "RestartSec=5",
        ])
        lines += [
            "runcmd:", "- iptables -w -A INPUT -p tcp -j ACCEPT", "- iptables -w -A INPUT -p udp -j ACCEPT",
            "- systemctl daemon-reload", "- systemctl start --no-block \(name).service",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private func run() -> [String] {
        var words = ["/usr/bin/docker", "run", "--rm", "--name=\(name)", "--network=host"]
        words.append("--env-file=/etc/containers/\(name).env")
        if isPrivileged { words.append("--privileged") }
        if keepsInputOpen { words.append("--interactive") }
        if hasTerminal { words.append("--tty") }
        words += mounts.map { "--volume=\($0.source):\($0.target)" + ($0.isReadOnly ? ":ro" : "") }
        words += temporary.map { "--tmpfs=\($0)" }
        if let first = command.first { words.append("--entrypoint=\(first)") }
        return words + [image] + command.dropFirst() + arguments
    }

    /// Returns a word of a command line in systemd's syntax.
    ///
    /// Source: `systemd.service(5)`, "COMMAND LINES".
    private static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
                || "/-_=.:,@+".utf8.contains(byte)
        }
        if plain && !word.isEmpty { return word }
        let escaped = word.map { character -> String in
            switch character {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "%": "%%"
            case "$": "$$"
            case "\n": "\\n"
            default: String(character)
            }
        }
        return "\"" + escaped.joined() + "\""
    }

    private static func content(_ lines: [String]) -> [String] {
        guard !lines.isEmpty else { return ["  content: \"\""] }
        return ["  content: |"] + lines.map { $0.isEmpty ? "" : "    " + $0 }
    }
}

extension YAMLNode {
    /// Returns the value of a member; nil if there is none.
    fileprivate subscript(name: String) -> YAMLNode? { members?.first { $0.name == name }?.value }
}
