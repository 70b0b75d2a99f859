internal import Documents

/// The commands that start, preview and remove a hydrated deployment, depending on its contents.
public enum StartCommands {
    /// The questions about file contents that the commands depend on.
    public struct Contents {
        /// Whether a Terraform file creates Google Cloud resources.
        var namesGoogle: (_ path: String) -> Bool
        /// Whether a YAML file is a configuration of Deployment Manager.
        var isConfiguration: (_ path: String) -> Bool

        /// Answers by reading the files.
        public init(namesGoogle: @escaping (String) -> Bool, isConfiguration: @escaping (String) -> Bool) {
            self.namesGoogle = namesGoogle
            self.isConfiguration = isConfiguration
        }
    }

    /// Returns the commands, each with a comment.
    ///
    /// - Parameters:
    ///   - paths: the files of the deployment.
    ///   - output: its folder.
    ///   - bundleName: the name of the bundle, which becomes the deployment's name in Google Cloud.
    ///   - contents: answers questions about the files' contents.
    /// - Returns: the commands, one per line.
    public static func commands(
        for paths: [String],
        in output: String,
        named bundleName: String,
        _ contents: Contents
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
        for path in paths where isDeploymentManagerFile(path, contents) {
            // Google has announced the end of the service; until then, it can still start deployments.
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
            guard files.contains(where: contents.namesGoogle) else { continue }
            commands.append(
                "gcloud infra-manager deployments apply \(cloudName) --location=REGION --local-source=\(folder) "
                    + "--service-account=projects/PROJECT/serviceAccounts/ACCOUNT   # or let Google Cloud run Terraform"
            )
        }
        return commands
    }

    /// Returns a name in the grammar of Google Cloud's resources (RFC 1035): up to 63 lower-case letters, digits and
    /// hyphens, with a letter first and no hyphen last.
    static func cloudName(of name: String) -> String {
        let letters = name.map { $0.isASCII && ($0.isLowercase || $0.isNumber) ? $0 : "-" }
        let start = letters.drop { !$0.isLowercase }.prefix(63)
        let end = start.lastIndex { $0 != "-" } ?? start.startIndex
        return start.isEmpty ? "deployment" : String(start[...end])
    }

    /// Whether a file is a Deployment Manager configuration.
    private static func isDeploymentManagerFile(_ path: String, _ contents: Contents) -> Bool {
        (path.hasSuffix(".yaml") || path.hasSuffix(".yml")) && contents.isConfiguration(path)
    }

    private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func folder(of path: String, in output: String) -> String {
        ([output] + path.split(separator: "/").dropLast().map(String.init)).joined(separator: "/")
    }

    /// Returns a word as a shell reads it: in single quotes unless it is plain.
    public static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { $0.isAlphanumeric || "/._-".utf8.contains($0) }
        return isPlain ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
