public import SystemPackage

/// Where a deployment is collected from.
public enum Source: Hashable, Sendable {
    /// A folder of this machine.
    case folder(FilePath)
    /// The containers of a Docker Compose project.
    case docker(project: String)
    /// A Google Cloud project.
    case googleCloud(project: String)

    /// Reads a source as it is written on a command line: `docker:PROJECT`, `gcp:PROJECT`, or a path.
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
