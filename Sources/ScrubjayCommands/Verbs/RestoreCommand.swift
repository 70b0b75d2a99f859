internal import ArgumentParser
internal import Sanitizing
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay restore`.
struct RestoreCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Turn a sanitized tree back into the original, byte for byte.",
        usage: "scrubjay restore [<options>] <tree> --map <file> --output <dir>",
        discussion: """
            Examples:
              scrubjay restore clean --map collected.scrubjay-map.age --identity my.identity --output original
              scrubjay restore clean --map collected.scrubjay-map.age --passphrase --output original --dry-run

            The map is the one that 'scrubjay sanitize' wrote with the tree. If any file of the tree has changed \
            since then, nothing is restored. Files that were left out of the tree come back from the map, \
            executable if they were; owners and times are not restored.
            """
    )

    @Argument(help: "The sanitized tree.")
    var tree: String

    @Option(help: ArgumentHelp("The tree's sealed map.", valueName: "file"))
    var map: String

    @OptionGroup var keys: MapKeyOptions

    @OptionGroup var output: OutputFolderOptions

    func run(console: Console) throws -> ExitStatus {
        guard keys.isGiven else {
            throw KitError(
                .unsuitable,
                "\(map): no key was given to open the map",
                hint: "give --identity FILE, --passphrase-file FILE or --passphrase"
            )
        }
        let workflow = Restore(
            tree: FilePath(tree),
            map: SealedMapFile(
                path: FilePath(map),
                identities: try keys.identities(isNew: false, console: console)
            ),
            output: output.path,
            replacesOutput: output.force
        )
        if !output.dryRun { try workflow.checkOutput() }
        let preparation = try workflow.prepare()
        RestoreText.writeNotes(preparation, isDryRun: output.dryRun, to: console)
        if output.dryRun {
            guard preparation.differences.isEmpty else { return .answerIsNo }
            RestoreText.writePlan(preparation, to: console)
            return RestoreText.status(of: preparation)
        }
        let count = try Interruption.guarding { isInterrupted in
            try workflow.apply(preparation, isInterrupted: isInterrupted)
        }
        RestoreText.summarize(preparation, count: count, output: output.path.string, console: console)
        return RestoreText.status(of: preparation)
    }
}
