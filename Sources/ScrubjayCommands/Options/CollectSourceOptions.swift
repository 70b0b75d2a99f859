internal import ArgumentParser
internal import Collecting
internal import Documents
internal import ScrubjayKit
internal import SystemPackage

/// The options for the source of a deployment.
struct CollectSourceOptions: ParsableArguments {
    @Argument(help: "A folder, docker:PROJECT or gcp:PROJECT.")
    var source: String

    @Option(help: ArgumentHelp("Read saved gcloud output from the JSON files in this folder.", valueName: "dir"))
    var fromJSON: String?

    @Flag(help: "Use Spot machines, e2-micro and cloud-init instead of Google Cloud's older features.")
    var modernize = false

    @Flag(help: "Do not show progress.")
    var noProgress = false

    /// The source.
    var place: Source { Source(source) }

    mutating func validate() throws {
        switch place {
        case .googleCloud(let project):
            guard fromJSON != nil || !project.isEmpty else { throw ValidationError("gcp: needs a project id") }
            // It becomes an argument of gcloud.
            let isName = project.utf8.allSatisfy { $0.isLowercaseLetter || $0.isDigit || "-.:".utf8.contains($0) }
            guard isName, !project.hasPrefix("-") else {
                throw ValidationError("'\(source)' is not a valid Google Cloud project id")
            }
        case .docker(let project) where project.isEmpty || project.hasPrefix("-"):
            throw ValidationError("docker: needs the name of a Compose project")
        case .docker, .folder:
            if fromJSON != nil || modernize {
                throw ValidationError("--from-json and --modernize can only be used with gcp:PROJECT")
            }
        }
    }

    /// Reads the containers of a project.
    func read(containers project: String, console: Console) throws -> ContainerCollection {
        var line = StatusLine(console: console, isWanted: !noProgress)
        defer { line.erase() }
        return try Interruption.guarding { isInterrupted in
            let workflow = CollectContainers(project: project, environment: console.environment, pace: console.pace)
            return try workflow.read(isInterrupted: isInterrupted) { line.show("reading \($0)") }
        }
    }

    /// Configures the reading of a Google Cloud project.
    func workflow(project: String, console: Console) -> CollectCloud {
        CollectCloud(
            project: project.isEmpty ? nil : project,
            origin: fromJSON.map { .saved(FilePath($0)) } ?? .gcloud,
            modernizes: modernize,
            environment: console.environment,
            pace: console.pace
        )
    }

    /// Reads a Google Cloud project.
    func read(project: String, console: Console) throws -> CollectCloud.Outcome {
        var line = StatusLine(console: console, isWanted: !noProgress)
        defer { line.erase() }
        return try Interruption.guarding { isInterrupted in
            try workflow(project: project, console: console)
                .read(isInterrupted: isInterrupted) { line.show("reading \($0)") }
        }
    }
}
