internal import ArgumentParser
internal import ScrubjayKit

/// `scrubjay publish`, which waits for the verbs that it joins.
struct PublishCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Sanitize, bundle and commit in one step. (Not here yet.)"
    )

    @Argument(parsing: .allUnrecognized, help: .hidden)
    var arguments: [String] = []

    func run(console: Console) throws -> ExitStatus {
        throw KitError(
            .notHereYet,
            "publishing in one step is not here yet",
            hint: "use sanitize, then bundle, and commit the bundle with its .minisig"
        )
    }
}
