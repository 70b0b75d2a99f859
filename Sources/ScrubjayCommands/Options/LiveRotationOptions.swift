internal import ArgumentParser
internal import Collecting
internal import Rotating
internal import ScrubjayKit

/// The options with which `rotate` finds and contacts running services.
struct LiveRotationOptions: ParsableArguments {
    @Flag(help: "Also change the running services, and prove that the new values work and the old ones do not.")
    var live = false

    @Option(
        help: ArgumentHelp("The container engine: docker, podman or a path.", valueName: "program")
    )
    var docker = "docker"

    @Option(
        help: ArgumentHelp(
            "The Compose project, if it was not started in the deployment's folder.",
            valueName: "name"
        )
    )
    var project: String?

    @Flag(help: "Use services installed on this machine, as from Debian packages, instead of containers.")
    var bare = false

    @Option(help: ArgumentHelp("With --bare: Prosody's configuration file.", valueName: "file"))
    var prosodyConfig: String?

    @Option(
        help: ArgumentHelp(
            "With --bare: a program that restarts the service it is given. Default: systemctl restart.",
            valueName: "program"
        )
    )
    var restart: String?

    @Option(help: ArgumentHelp("How long to wait for each service to answer again.", valueName: "seconds"))
    var patience = 120

    @Option(
        help: ArgumentHelp(
            "How long the TURN server also accepts the old secret. Default: TURN_TTL, or one day.",
            valueName: "seconds"
        )
    )
    var overlap: Int?

    @Flag(help: "Wait until the overlap is over, and remove the old secret in the same run.")
    var wait = false

    func validate() throws {
        guard patience > 0 else { throw ValidationError("--patience must be more than 0 seconds") }
        guard overlap.map({ $0 >= 0 }) ?? true else { throw ValidationError("--overlap must be 0 or more seconds") }
    }

    /// The variables passed to other programs: the engine's address, the way to it, and the program path.
    private static let variables: Set<String> = [
        "PATH", "HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG",
        "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "DOCKER_API_VERSION", "CONTAINER_HOST", "CONTAINERS_CONF",
        "SSH_AUTH_SOCK",
    ]

    /// Makes the starter of other programs.
    func programs(console: Console) -> Programs {
        Programs(environment: environment(console), pace: console.pace)
    }

    private func environment(_ console: Console) -> [String: String] {
        console.environment.filter { Self.variables.contains($0.key) }.merging(["LC_ALL": "C"]) { $1 }
    }

    /// Makes the options of the workflow.
    func options(console: Console) throws -> LiveOptions {
        var options = LiveOptions(
            environment: environment(console),
            pace: console.pace,
            clock: console.clock,
            say: { console.say($0) }
        )
        options.engine = docker
        options.project = project
        options.patience = .seconds(patience)
        options.overlap = overlap
        options.waits = wait
        if bare {
            options.machine = LiveDeployment.Machine(
                configuration: prosodyConfig,
                restart: restart.map { [$0] } ?? ["systemctl", "restart"]
            )
        }
        return options
    }
}
