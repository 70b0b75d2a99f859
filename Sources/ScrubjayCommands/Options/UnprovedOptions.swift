internal import ArgumentParser

/// The options for files that cannot be proved clean.
struct UnprovedOptions: ParsableArguments {
    @Flag(
        help: """
            Leave out, and list, files that cannot be proved clean. Without it, one such file stops the run.
            """
    )
    var leaveOutUnproved = false
}
