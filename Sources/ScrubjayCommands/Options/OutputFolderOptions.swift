internal import ArgumentParser
internal import SystemPackage

/// The options of every verb that makes a folder.
struct OutputFolderOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("The folder to make.", valueName: "dir"))
    var output: String

    @Flag(help: "Replace the folder if it exists, with all that is in it.")
    var force = false

    @Flag(name: [.customShort("n"), .long], help: "Say what would be done, and write nothing.")
    var dryRun = false

    /// The folder to make.
    var path: FilePath { FilePath(output) }
}
