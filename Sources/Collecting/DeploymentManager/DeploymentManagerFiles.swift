/// The files of a Deployment Manager deployment: a configuration with the owner's values, and its templates.
struct DeploymentManagerFiles {
    /// The files, by path.
    private(set) var files: [(path: String, text: String)] = []

    /// Makes the files.
    ///
    /// - Parameters:
    ///   - builder: the resources.
    ///   - variables: the owner's values.
    ///   - documents: the folder of the documents, relative to these files.
    init(_ builder: DeploymentManagerBuilder, _ variables: [TerraformVariable], documentsIn documents: String) {
        let names = Dictionary(
            builder.resources.map { ($0.target, $0.deploymentName) },
            uniquingKeysWith: { first, _ in first }
        )
        let templates = DeploymentManagerTemplate.Part.allCases.compactMap { part -> DeploymentManagerTemplate? in
            let resources = builder.resources.filter { $0.template == part }
            return resources.isEmpty ? nil : DeploymentManagerTemplate(part, resources, names: names)
        }
        guard !templates.isEmpty else { return }
        files.append(("deployment.yaml", Self.configuration(templates, variables)))
        for template in templates {
            let path = template.part.rawValue + ".py"
            files.append((path, template.text))
            files.append((path + ".schema", template.schema(variables, documentsIn: documents)))
        }
    }

    private static func configuration(
        _ templates: [DeploymentManagerTemplate],
        _ variables: [TerraformVariable]
    ) -> String {
        var lines = ["imports:"] + templates.map { "- path: \($0.part.rawValue).py" } + ["", "resources:"]
        for template in templates {
            let part = template.part.rawValue
            lines += ["- name: \(part)", "  type: \(part).py"]
            let own = variables.filter { template.properties.contains($0.name) }
            if !own.isEmpty { lines.append("  properties:") }
            for variable in own {
                switch variable.value {
                case .list(let elements):
                    lines.append("    \(variable.name):")
                    lines += elements.map { "    - " + text(of: $0, in: variable) }
                default: lines.append("    \(variable.name): " + text(of: variable.value, in: variable))
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(of value: HCLExpression, in variable: TerraformVariable) -> String {
        guard case .text(let text) = value else { return "\"\"" }
        let isImage = variable.name.hasSuffix("_image")
        return YAMLScalar.spelled(isImage ? DeploymentManagerBuilder.image(text) : text)
    }
}
