package import Collecting
package import Rotating

/// Options for finding, contacting and waiting for running services.
package struct LiveOptions: Sendable {
    /// The variables passed to other programs: the engine's address and the program path.
    package var environment: [String: String]
    /// The engine's program: `docker`, `podman`, or a path to either.
    package var engine = "docker"
    /// The name of the Compose project; nil for the one started in the deployment's folder.
    package var project: String?
    /// The machine's own services, instead of containers; nil for containers.
    package var machine: LiveDeployment.Machine?
    /// How long each service may take to answer again.
    package var patience = Duration.seconds(120)
    /// How long a TURN server accepts two secrets, in seconds; nil for TURN_TTL.
    package var overlap: Int?
    /// Whether to wait for the end of that time.
    package var waits = false
    /// The clock used for waiting and time limits.
    package var pace: Pace
    /// Returns the current time in seconds since 1970.
    package var clock: @Sendable () -> Int
    /// Receives progress messages, which contain no value.
    package var say: @Sendable (String) -> Void

    /// Whether the run should stop; asked between two steps.
    package var isInterrupted: @Sendable () -> Bool = { false }

    /// Makes options for Docker containers.
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
