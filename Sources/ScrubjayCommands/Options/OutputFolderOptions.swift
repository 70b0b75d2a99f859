internal import ArgumentParser
internal import SystemPackage

/// The options of every verb that writes a folder.
struct OutputFolderOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("The output folder; optional with --dry-run.", valueName: "dir"))
    var output: String?

    @Flag(
        help: ArgumentHelp(
            "Replace the folder and everything in it, if an earlier run made it.",
            discussion: forceNote
        )
    )
    var force = false

    /// The note on folders that are never replaced.
    static let forceNote = "A folder that Scrubjay did not make is never replaced, unless it is empty."

    @Flag(name: [.customShort("n"), .long], help: "Show what would be done; write nothing.")
    var dryRun = false

    func validate() throws {
        guard output != nil || dryRun else { throw ValidationError("Missing expected argument '--output <dir>'") }
    }

    /// The output folder; empty if a dry run has none.
    var path: FilePath { FilePath(output ?? "") }

    /// The output folder as the end of a sentence; empty if there is none.
    var destination: String { output.map { " into \($0)" } ?? "" }
}
