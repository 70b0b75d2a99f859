internal import ArgumentParser
internal import Collecting
internal import Rotating
internal import ScrubjayKit

/// The options with which `rotate` finds and contacts running services.
struct LiveRotationOptions: ParsableArguments {
    @Flag(help: "Change what runs, too, and prove that the new values are let in and the old ones are not.")
    var live = false

    @Option(
        help: ArgumentHelp("The command line of the container engine: docker, podman, or a path.", valueName: "program")
    )
    var docker = "docker"

    @Option(
        help: ArgumentHelp(
            "The project of Compose, where it was not started in the deployment's folder.",
            valueName: "name"
        )
    )
    var project: String?

    @Flag(help: "Use the services of this machine, as Debian's packages install them, and no containers.")
    var bare = false

    @Option(help: ArgumentHelp("With --bare: Prosody's configuration file.", valueName: "file"))
    var prosodyConfig: String?

    @Option(
        help: ArgumentHelp(
            "With --bare: what starts a service anew; it gets the service's name. Without it: systemctl restart.",
            valueName: "program"
        )
    )
    var restart: String?

    @Option(help: ArgumentHelp("How long each service may take until it answers again.", valueName: "seconds"))
    var patience = 120

    @Option(
        help: ArgumentHelp(
            "How long the TURN server accepts the old secret, too; TURN_TTL, or a day, without it.",
            valueName: "seconds"
        )
    )
    var overlap: Int?

    @Flag(help: "Wait until that time is over, and take the old secret away in the same run.")
    var wait = false

    func validate() throws {
        guard patience > 0 else { throw ValidationError("--patience is more than 0 seconds") }
        guard overlap.map({ $0 >= 0 }) ?? true else { throw ValidationError("--overlap is 0 or more seconds") }
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
