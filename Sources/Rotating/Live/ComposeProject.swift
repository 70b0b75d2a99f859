internal import Collecting

/// A Compose project: the files that its containers were created from.
package struct ComposeProject: Hashable, Sendable {
    /// The name of the project.
    package var name: String
    /// The folder of the project.
    package var folder: String
    /// The Compose files of the project.
    package var files: [String]
    /// The way to run Compose; nil if it is not installed.
    let compose: ContainerEngine.Compose?

    /// Reads the project from a container's labels, and looks for Compose; nil if Compose did not create the container.
    init?(_ container: Container, engine: ContainerEngine) throws(ProcessError) {
        guard let project = container.project, let folder = container.projectFolder else { return nil }
        name = project
        self.folder = folder
        files = container.projectFiles.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
        compose = try engine.composeCommand()
    }

    /// Returns the options with which Compose finds the project.
    func arguments(for compose: ContainerEngine.Compose) -> [String] {
        ["--project-name", name] + (compose.isPodmans ? [] : ["--project-directory", folder])
            + files.flatMap { ["--file", $0] }
    }
}
