package import Collecting
package import Rotating

/// How what runs is found, spoken to and waited for.
package struct LiveOptions: Sendable {
    /// All the variables that other programs get: where the engine is, and the path of programs.
    package var environment: [String: String]
    /// The engine's program: `docker`, `podman`, or a path of either.
    package var engine = "docker"
    /// The name of the project of Compose; nil for the one that was started in the deployment's folder.
    package var project: String?
    /// The machine's own services, in the place of containers; nil for containers.
    package var machine: LiveDeployment.Machine?
    /// How long each service may take until it answers again.
    package var patience = Duration.seconds(120)
    /// How long a TURN server accepts two secrets, in seconds; nil for TURN_TTL.
    package var overlap: Int?
    /// Whether the end of that time is waited for.
    package var waits = false
    /// How time passes.
    package var pace: Pace
    /// The seconds since 1970.
    package var clock: @Sendable () -> Int
    /// Hears what is being done, without a value.
    package var say: @Sendable (String) -> Void

    /// Whether the run is to end, asked between two steps.
    package var isInterrupted: @Sendable () -> Bool = { false }

    /// Makes options for containers of Docker.
    package init(
        environment: [String: String],
        pace: Pace,
        clock: @escaping @Sendable () -> Int,
        say: @escaping @Sendable (String) -> Void
    ) {
        self.environment = environment
        self.pace = pace
        self.clock = clock
        self.say = say
    }
}
