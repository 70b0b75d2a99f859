internal import ArgumentParser
internal import SystemPackage

/// The options of every verb that writes a folder.
struct OutputFolderOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The folder to make; --dry-run needs none.", valueName: "dir")
    )
    var output: String?

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

    func validate() throws {
        guard dryRun || output != nil else { throw ValidationError("Missing expected argument '--output <dir>'") }
    }

    /// The output folder; one that is nowhere if a dry run has none.
    var path: FilePath { FilePath(output ?? Self.noFolder) }

    /// Where the output would go, as the end of a sentence; empty if nobody said it.
    var destination: String { output.map { " into \($0)" } ?? "" }

    /// Where an output is said to go that nobody named.
    private static let noFolder = "/nowhere"
}
