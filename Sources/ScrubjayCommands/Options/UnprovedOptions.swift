internal import ArgumentParser

/// The options for files that cannot be proved clean.
struct UnprovedOptions: ParsableArguments {
    @Flag(
        help: """
            Leave out, and list, each file that cannot be proved clean. Without this nothing is written where there is one.
            """
    )
    var leaveOutUnproved = false
}
