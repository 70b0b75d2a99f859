public import ArgumentParser

/// The command line of Scrubjay.
public struct Scrubjay: ParsableCommand {
    /// The configuration of the command.
    public static let configuration = CommandConfiguration(
        commandName: "scrubjay",
        abstract: "Publish a working deployment without its secrets.",
        discussion: """
            Examples:
              scrubjay scan ~/jitsi                      where are its secrets and personal data?
              scrubjay sanitize ~/jitsi --output clean   replace every one of them, and prove it
              scrubjay rotate ~/jitsi --dry-run          which secrets would get fresh values?

            Shell completion: scrubjay --generate-completion-script bash (or zsh, fish)

            Exit status: 0 success, or the answer is yes; 1 the answer is no; 2 failure; 64 wrong usage; \
            130 interrupted.
            """,
        version: Version.text,
        subcommands: [
            CollectCommand.self, ScanCommand.self, SanitizeCommand.self, RotateCommand.self, BundleCommand.self,
            VerifyCommand.self, HydrateCommand.self, KeygenCommand.self, RulesCommand.self, PolicyCommand.self,
            RestoreCommand.self, PublishCommand.self, DriftCommand.self,
        ]
    )

    /// Makes the command, which does nothing without a verb.
    public init() {}

    /// Runs the command line.
    ///
    /// - Parameters:
    ///   - arguments: the arguments after the program's name.
    ///   - console: the streams, the environment and the clock.
    /// - Returns: the exit status.
    public static func run(_ arguments: [String], console: Console) -> ExitStatus {
        do {
            var command = try parseAsRoot(arguments)
            guard let verb = command as? any Verb else {
                try command.run()
                return .success
            }
            let status = try verb.run(console: console)
            guard let failure = console.outputFailure() else { return status }
            console.say("scrubjay: cannot write the output: \(failure)")
            return .failure
        } catch {
            return ErrorReport.present(error, of: arguments, console: console)
        }
    }
}
