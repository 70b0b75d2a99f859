internal import ArgumentParser
internal import SystemPackage

/// The options of every verb that writes a folder.
struct OutputFolderOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("The folder to make.", valueName: "dir"))
    var output: String

    @Flag(
        help: ArgumentHelp(
            "Replace the folder, with all that is in it, if an earlier run made it.",
            discussion: forceNote
        )
    )
    var force = false

    /// The note on folders that are never replaced.
    static let forceNote = "A folder that scrubjay did not make is refused, unless it is empty."

    @Flag(name: [.customShort("n"), .long], help: "Say what would be done, and write nothing.")
    var dryRun = false

    /// The output folder.
    var path: FilePath { FilePath(output) }
}
