/// The Terraform files for a deployment on Google Cloud.
struct TerraformFiles {
    /// The files, by path.
    private(set) var files: [(path: String, text: String)] = []
    /// The number of resources that the files create; ``definitionCount`` is the number of definitions.
    let resourceCount: Int
    let definitionCount: Int

    init(_ builder: TerraformBuilder, _ grouping: TerraformGrouping) {
        let addresses = grouping.addresses
        let resolve = { Self.resolve($0, addresses: addresses) }
        resourceCount = builder.resources.count
        definitionCount = grouping.definitions.count
        files.append(("versions.tf", Self.versions(builder.settings.map(\.name), resolve)))
        let variables = builder.settings + builder.variables
        files.append(("variables.tf", Self.declarations(variables, resolve)))
        files.append(("terraform.tfvars", Self.values(variables, resolve)))
        for file in ["network.tf", "machines.tf"] {
            let definitions = grouping.definitions.filter { $0.file == file }
                .map { Self.shortened($0, addresses: addresses) }
            if !definitions.isEmpty { files.append((file, Self.text(of: definitions, resolve))) }
        }
        for definition in grouping.definitions { files += definition.documents.map { ($0.path, $0.content) } }
    }

    private static func versions(_ settings: [String], _ resolve: @escaping (HCLExpression) -> String) -> String {
        var writer = HCLWriter(resolve: resolve)
        var google = HCLBody()
        google["google"] = .map([
            HCLEntry(name: "source", value: .text("hashicorp/google")),
            HCLEntry(name: "version", value: .text(">= 6.0")),
        ])
        var terraform = HCLBody()
        terraform["required_version"] = .text(">= 1.3")
        terraform.blocks.append(HCLBody.Block(name: "required_providers", body: google))
        writer.block("terraform", terraform)
        var provider = HCLBody()
        for setting in settings { provider[setting] = .variable(setting) }
        writer.block("provider \"google\"", provider)
        return writer.text
    }

    private static func declarations(
        _ variables: [TerraformVariable],
        _ resolve: @escaping (HCLExpression) -> String
    ) -> String {
        var writer = HCLWriter(resolve: resolve)
        for variable in variables {
            var body = HCLBody()
            body["description"] = .text(variable.description)
            body["type"] = .raw(variable.type)
            if variable.isSensitive { body["sensitive"] = .raw("true") }
            writer.block("variable \(HCLWriter.quoted(variable.name))", body)
        }
        return writer.text
    }

    private static func values(
        _ variables: [TerraformVariable],
        _ resolve: @escaping (HCLExpression) -> String
    ) -> String {
        var writer = HCLWriter(resolve: resolve)
        writer.arguments(variables.map { ($0.name, $0.value) })
        return writer.text
    }

    private static func text(
        of definitions: [TerraformDefinition],
        _ resolve: @escaping (HCLExpression) -> String
    ) -> String {
        var writer = HCLWriter(resolve: resolve)
        for definition in definitions {
            var body = definition.body
            if let items = definition.items {
                if definition.isList {
                    body["for_each"] = .raw("toset(" + resolve(.list(items.map { .text($0.name) })) + ")")
                } else {
                    let name = localName(definition, among: definitions)
                    var locals = HCLBody()
                    locals[name] = .map(items)
                    writer.block("locals", locals)
                    body["for_each"] = .raw("local." + name)
                }
            }
            writer.block("resource \(HCLWriter.quoted(definition.type)) \(HCLWriter.quoted(definition.label))", body)
        }
        return writer.text
    }

    /// Returns a name for the local value that holds the individual values of a definition's resources; two definitions
    /// of different types may have the same label.
    private static func localName(_ definition: TerraformDefinition, among all: [TerraformDefinition]) -> String {
        let type = definition.type.split(separator: "_").last.map(String.init) ?? ""
        return "\(definition.label)_\(type)"
    }

    /// Returns the definition with a list of all resources of another definition shortened to
    /// `values(TYPE.LABEL)[*].ATTRIBUTE`.
    private static func shortened(
        _ definition: TerraformDefinition,
        addresses: [String: String]
    ) -> TerraformDefinition {
        var definition = definition
        for (index, argument) in definition.body.arguments.enumerated() {
            guard case .list(let elements) = argument.value, let all = all(of: elements, addresses: addresses) else {
                continue
            }
            definition.body.arguments[index].value = .raw(all)
        }
        return definition
    }

    private static func all(of elements: [HCLExpression], addresses: [String: String]) -> String? {
        var named: Set<String> = []
        var wholes: Set<String> = []
        for element in elements {
            guard case .reference(let reference) = element, let address = addresses[reference.target],
                let bracket = address.firstIndex(of: "[")
            else { return nil }
            named.insert(address)
            wholes.insert("values(\(address[..<bracket]))[*].\(reference.attribute)")
        }
        guard wholes.count == 1, let whole = wholes.first, let prefix = named.first?.prefix(while: { $0 != "[" }) else {
            return nil
        }
        return addresses.values.count { $0.hasPrefix(prefix + "[") } == named.count ? whole : nil
    }

    private static func resolve(_ expression: HCLExpression, addresses: [String: String]) -> String {
        switch expression {
        case .text(let text): return HCLWriter.quoted(text)
        case .raw(let text): return text
        case .variable(let name): return "var." + name
        case .lines(let name): return "join(\"\\n\", var.\(name))"
        case .projectText(let pieces):
            return "\"" + pieces.map { HCLWriter.escaped($0) }.joined(separator: "${var.project}") + "\""
        case .list(let elements):
            return "[" + elements.map { resolve($0, addresses: addresses) }.joined(separator: ", ") + "]"
        case .map(let entries): return HCLWriter.inline(entries) { resolve($0, addresses: addresses) }
        case .reference(let reference):
            let address = (addresses[reference.target] ?? reference.target) + "." + reference.attribute
            return reference.prefix.isEmpty ? address : "\"\(reference.prefix)${\(address)}\""
        case .document(let document): return HCLWriter.quoted(document.content)
        case .each(let name): return "each.value." + name
        case .eachKey: return "each.key"
        case .eachDocument(let path): return "file(\"${path.module}/\(path)\")"
        }
    }
}
