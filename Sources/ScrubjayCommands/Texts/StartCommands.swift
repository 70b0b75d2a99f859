internal import Documents

/// The commands that start, preview and remove a hydrated deployment, depending on its contents.
enum StartCommands {
    /// Returns the commands, each with a comment.
    ///
    /// - Parameters:
    ///   - paths: the files of the deployment.
    ///   - output: its folder.
    ///   - bundleName: the name of what is deployed, used in Google Cloud.
    ///   - namesGoogle: whether a Terraform file creates Google Cloud resources.
    /// - Returns: the commands, one a line.
    static func commands(
        for paths: [String],
        in output: String,
        named bundleName: String,
        namesGoogle: (String) -> Bool
    ) -> [String] {
        let cloudName = Self.cloudName(of: bundleName)
        var commands: [String] = []
        let composeNames: Set = ["docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml"]
        for path in paths where composeNames.contains(name(of: path)) {
            let folder = quoted(folder(of: path, in: output))
            commands.append("(cd \(folder) && docker compose config --quiet)   # check it")
            commands.append("(cd \(folder) && docker compose up --detach)      # start it")
            commands.append("(cd \(folder) && docker compose down)             # take it down")
        }
        for path in paths where isDeploymentManagerFile(path, among: paths) {
            // The service has been announced to end; while it works, it can still start deployments.
            let file = quoted(([output] + path.split(separator: "/").map(String.init)).joined(separator: "/"))
            commands.append(
                "gcloud deployment-manager deployments create \(cloudName) --config \(file) --preview   # preview it"
            )
            commands.append("gcloud deployment-manager deployments update \(cloudName)    # start what was previewed")
            commands.append("gcloud deployment-manager deployments delete \(cloudName)    # take it down")
        }
        let templates = Dictionary(grouping: paths.filter { $0.hasSuffix(".tf") }) { folder(of: $0, in: output) }
        for (folder, files) in templates.sorted(by: { $0.key < $1.key }) {
            let folder = quoted(folder)
            commands.append("terraform -chdir=\(folder) init && terraform -chdir=\(folder) plan   # preview it")
            commands.append("terraform -chdir=\(folder) apply                      # start it")
            commands.append("terraform -chdir=\(folder) destroy                    # take it down")
            guard files.contains(where: namesGoogle) else { continue }
            commands.append(
                "gcloud infra-manager deployments apply \(cloudName) --location=REGION --service-account=ACCOUNT --local-source=\(folder)   # or let Google Cloud run Terraform"
            )
        }
        return commands
    }

    /// Returns a name in the grammar of Google Cloud's resources (RFC 1035): up to 63 lower-case letters, digits and
    /// hyphens, a letter first and no hyphen last.
    static func cloudName(of name: String) -> String {
        let letters = name.map { $0.isASCII && ($0.isLowercase || $0.isNumber) ? $0 : "-" }
        let start = letters.drop { !$0.isLowercase }.prefix(63)
        let end = start.lastIndex { $0 != "-" } ?? start.startIndex
        return start.isEmpty ? "deployment" : String(start[...end])
    }

    /// Whether a file is a Deployment Manager configuration: YAML beside the templates that it imports.
    private static func isDeploymentManagerFile(_ path: String, among paths: [String]) -> Bool {
        guard ["deployment.yaml", "deployment.yml", "config.yaml"].contains(name(of: path)) else { return false }
        let folder = path.dropLast(name(of: path).count)
        return paths.contains { $0.hasPrefix(folder) && ($0.hasSuffix(".jinja") || $0.hasSuffix(".py.schema")) }
    }

    private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func folder(of path: String, in output: String) -> String {
        ([output] + path.split(separator: "/").dropLast().map(String.init)).joined(separator: "/")
    }

    static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { $0.isAlphanumeric || "/._-".utf8.contains($0) }
        return isPlain ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
