public import SystemPackage

/// The source of a deployment to collect.
public enum Source: Hashable, Sendable {
    /// A folder of this machine.
    case folder(FilePath)
    /// The containers of a Docker Compose project.
    case docker(project: String)
    /// A Google Cloud project.
    case googleCloud(project: String)

    /// Parses a source from a command line: `docker:PROJECT`, `gcp:PROJECT`, or a path.
    public init(_ text: String) {
        if text.hasPrefix("docker:") {
            self = .docker(project: String(text.dropFirst("docker:".count)))
        } else if text.hasPrefix("gcp:") {
            self = .googleCloud(project: String(text.dropFirst("gcp:".count)))
        } else {
            self = .folder(FilePath(text))
        }
    }
}
