/// A Deployment Manager template: Python, with a schema that declares its properties and imported files.
struct DeploymentManagerTemplate {
    /// The part of the deployment that a template creates.
    enum Part: String, Hashable, Sendable, CaseIterable {
        case network, machines

        /// The title of the template.
        var title: String {
            switch self {
            case .network: "Addresses, networks, firewall rules and domains"
            case .machines: "Machines, their disks, templates and groups"
            }
        }
    }

    let part: Part
    private let statements: [DeploymentManagerStatement]
    private let names: [String: String]
    /// All expressions in it.
    private let expressions: [PythonExpression]

    init(_ part: Part, _ resources: [DeploymentManagerResource], names: [String: String]) {
        self.part = part
        self.names = names
        statements = DeploymentManagerGrouping(resources).statements
        expressions = statements.flatMap { statement in
            switch statement {
            case .single(let resource): [resource.properties]
            case .group(let resource, let items): [resource.properties] + items
            }
        }
    }

    /// The names of its properties.
    var properties: Set<String> {
        var names: Set<String> = []
        for expression in expressions {
            expression.forEach { part in
                switch part {
                case .property(let name), .lines(let name): names.insert(name)
                case .name(let name) where name != "project": names.insert(name)
                default: break
                }
            }
        }
        return names
    }

    /// The files that it imports, in byte order.
    var documents: [String] {
        var paths: Set<String> = []
        for expression in expressions {
            expression.forEach { if case .document(let path) = $0 { paths.insert(path) } }
        }
        return paths.sorted { $0.precedes($1) }
    }

    // MARK: - Python

    /// The template's text.
    var text: String {
        var writer = PythonWriter(names: names)
        writer.line("\"\"\"\(part.title).\"\"\"")
        writer.line()
        writer.line()
        writer.line("def GenerateConfig(context):")
        for name in locals {
            let value: PythonExpression = name == "project" ? .name("context.env[\"project\"]") : .property(name)
            writer.write(value, prefix: name + " = ", indent: 4)
        }
        writer.line("    resources = []")
        for statement in statements {
            writer.line()
            switch statement {
            case .single(let resource): write(resource, name: .text(resource.deploymentName), indent: 4, to: &writer)
            case .group(let resource, let items): write(resource, items, to: &writer)
            }
        }
        writer.line()
        writer.line("    return {\"resources\": resources}")
        return writer.lines.joined(separator: "\n") + "\n"
    }

    /// The local variables for settings in the function.
    private var locals: [String] {
        var used: Set<String> = []
        for expression in expressions {
            expression.forEach { if case .name(let name) = $0 { used.insert(name) } }
        }
        return ["project", "region", "zone"].filter(used.contains)
    }

    private func write(
        _ resource: DeploymentManagerResource,
        name: PythonExpression,
        indent: Int,
        to writer: inout PythonWriter
    ) {
        var entries = [PythonEntry("name", name)]
        switch resource.making {
        case .type(let type): entries.append(PythonEntry("type", .text(type)))
        case .action(let action, let policy):
            entries.append(PythonEntry("action", .text(action)))
            let policies: PythonExpression = .list([.text(policy)])
            entries.append(PythonEntry("metadata", .dictionary([PythonEntry("runtimePolicy", policies)])))
        }
        entries.append(PythonEntry("properties", resource.properties))
        writer.write(.dictionary(entries), prefix: "resources.append(", suffix: ")", indent: indent, opens: true)
    }

    private func write(
        _ resource: DeploymentManagerResource,
        _ items: [PythonExpression],
        to writer: inout PythonWriter
    ) {
        let noun = resource.kind == .firewall ? "rule" : resource.kind == .instance ? "machine" : "item"
        if items.allSatisfy({ if case .text = $0 { true } else { false } }) {
            // Each item consists only of its name.
            var resource = resource
            resource.properties = resource.properties.replacingOwnName(with: .name("name"))
            writer.write(.list(items), prefix: "for name in ", suffix: ":", indent: 4)
            write(resource, name: Self.suffixed(.name("name"), resource.suffix), indent: 8, to: &writer)
            return
        }
        writer.item = noun
        writer.line("    for \(noun) in [")
        for item in items { writer.write(item, suffix: ",", indent: 8) }
        writer.line("    ]:")
        write(resource, name: Self.suffixed(.own("name"), resource.suffix), indent: 8, to: &writer)
    }

    private static func suffixed(_ name: PythonExpression, _ suffix: String) -> PythonExpression {
        suffix.isEmpty ? name : .joined([name, .text(suffix)])
    }

    // MARK: - Schema

    /// Returns the schema of the template.
    ///
    /// - Parameters:
    ///   - variables: the properties.
    ///   - folder: the folder of the documents, relative to the template's.
    /// - Returns: the schema, in YAML.
    func schema(_ variables: [TerraformVariable], documentsIn folder: String) -> String {
        var lines = ["info:", "  title: " + YAMLScalar.quoted(part.title)]
        if !documents.isEmpty { lines += ["", "imports:"] }
        for path in documents {
            lines += [
                "- path: " + YAMLScalar.spelled("\(folder)/\(path)"), "  name: " + YAMLScalar.spelled(path),
            ]
        }
        let own = variables.filter { properties.contains($0.name) }
        lines += ["", "additionalProperties: false"]
        if !own.isEmpty {
            lines += ["", "required:"] + own.map { "- " + $0.name } + ["", "properties:"]
        }
        for variable in own {
            lines.append("  \(variable.name):")
            lines.append("    description: " + YAMLScalar.quoted(variable.description))
            if variable.type == "string" {
                lines.append("    type: string")
            } else {
                lines += ["    type: array", "    items:", "      type: string"]
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension PythonExpression {
    /// Returns the expression with the resource's own name replaced by another expression.
    fileprivate func replacingOwnName(with name: PythonExpression) -> PythonExpression {
        switch self {
        case .own("name"): name
        case .list(let parts): .list(parts.map { $0.replacingOwnName(with: name) })
        case .joined(let parts): .joined(parts.map { $0.replacingOwnName(with: name) })
        case .dictionary(let entries):
            .dictionary(entries.map { PythonEntry($0.name, $0.value.replacingOwnName(with: name)) })
        default: self
        }
    }
}
