internal import ArgumentParser
internal import ScrubjayKit

/// `scrubjay restore`, which waits for the sealed map.
struct RestoreCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Turn a sanitized tree back into the original. (Not here yet.)"
    )

    @Argument(parsing: .allUnrecognized, help: .hidden)
    var arguments: [String] = []

    func run(console: Console) throws -> ExitStatus {
        throw KitError(
            .notHereYet,
            "restoring needs the sealed map, which is not here yet",
            hint: "sanitize never touches its input: the original is where it was"
        )
    }
}
