internal import ArgumentParser
internal import Bundling
internal import Detecting
internal import Sanitizing
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay hydrate`.
struct HydrateCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "hydrate",
        abstract: "Turn a bundle into your own deployment, with your values and fresh secrets.",
        discussion: """
            Examples:
              scrubjay hydrate jitsi.tar.gz --public-key scrubjay.pub --list > values.yml
              scrubjay hydrate jitsi.tar.gz --public-key scrubjay.pub --output mine --values values.yml
              scrubjay hydrate jitsi.tar.gz --public-key scrubjay.pub --output mine --set public_domain=my.test

            The bundle is verified first. On a terminal, you are asked for missing values. Secrets that can be \
            generated are generated; files that contain one are readable only by you.

            Exit status: 1 if a value is missing, and with --update, even with --dry-run, as long as a \
            .scrubjay-new file is not merged.
            """
    )

    @Argument(help: "The bundle, with its signatures next to it.")
    var file: String

    @OptionGroup var keys: PublicKeyOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The output folder.", valueName: "dir"))
    var output: String?

    @Option(
        name: [.customLong("set")],
        help: ArgumentHelp("Set a parameter; may be repeated.", valueName: "name=value")
    )
    var settings: [String] = []

    @Option(
        help: ArgumentHelp("A required parameter that keeps its stand-in; may be repeated.", valueName: "name")
    )
    var leave: [String] = []

    @Option(help: ArgumentHelp("A YAML or .env file of parameter names and values.", valueName: "file"))
    var values: String?

    @Flag(help: "Also read values from variables SCRUBJAY_SET_NAME, NAME being a parameter's name in capitals.")
    var environment = false

    @Flag(help: "List the parameters, as a YAML file to fill in or as --format says.")
    var list = false

    @Option(help: "The format of --list.")
    var format = HydrateText.ListFormat.yaml

    @Flag(
        help: "Update an existing deployment to this version: it keeps its values, and you see the changes first."
    )
    var update = false

    @Flag(help: "With --update: accept a bundle whose name differs from the one the deployment was made from.")
    var renamed = false

    @Flag(help: "With --update --force: overwrite your own changes where no bundle is recorded to compare with.")
    var overwriteChanges = false

    @Flag(help: "Skip all signature checks.")
    var insecure = false

    @Flag(
        help: ArgumentHelp(
            "Replace the folder and everything in it, if an earlier run made it; with --update, do not ask.",
            discussion: OutputFolderOptions.forceNote
        )
    )
    var force = false

    @Flag(name: [.customShort("n"), .long], help: "Show what would be done; write nothing.")
    var dryRun = false

    func validate() throws {
        guard list || output != nil else { throw ValidationError("Missing expected argument '--output <dir>'") }
        if list {
            guard output == nil, settings.isEmpty, leave.isEmpty, values == nil, !environment, !update, !force, !dryRun
            else {
                throw ValidationError(
                    "'--list' only prints parameters; it cannot be combined with --output, --set, --leave, --values, "
                        + "--environment, --update, --force or --dry-run"
                )
            }
        }
        guard update || !renamed else { throw ValidationError("'--renamed' needs '--update'") }
        guard update || !overwriteChanges else { throw ValidationError("'--overwrite-changes' needs '--update'") }
        if !insecure { try keys.requireKeys() }
    }

    func run(console: Console) throws -> ExitStatus {
        let verify = try keys.verification(of: file, insecure: insecure, console: console)
        var workflow = Hydrate(verify: verify, output: FilePath(output ?? ""), replacesOutput: force)
        workflow.acceptsRenamed = renamed
        let bundle = try workflow.open()
        if !list { try workflow.checkOutput(updating: update, from: bundle) }
        if insecure { console.say("warning: signatures were not checked; anyone could have made this bundle") }
        if bundle.isPrivate { return try unpack(bundle, workflow, console: console) }
        var hydration = try Hydration(of: bundle)
        hydration.left = Set(leave)
        if list {
            console.output(HydrateText.list(of: hydration, as: format))
            return .success
        }
        var given = try givenValues(for: hydration, console: console)
        try BundleProblems.check(hydration.problems(with: given))
        if update { return try bringUpToDate(hydration, of: bundle, workflow, given: given, console: console) }
        var plan = try hydration.plan(values: given)
        if !plan.missing.isEmpty && console.isInteractive && !dryRun {
            let answers = try HydrateText.ask(for: plan.missing, of: hydration, console: console)
            given.merge(answers.values) { $1 }
            hydration.left.formUnion(answers.left)
            plan = try hydration.plan(values: given)
        }
        HydrateText.warn(about: given, of: hydration, console: console)
        if dryRun {
            HydrateText.writePlan(plan, to: console)
            guard plan.missing.isEmpty else { return .answerIsNo }
            // The dry run refuses what the real run would.
            _ = try plan.files()
            return .success
        }
        try requireValues(plan, of: hydration, console: console)
        let paths = try Interruption.guarding { isInterrupted in
            try workflow.apply(plan, of: bundle, isInterrupted: isInterrupted)
        }
        HydrateText.summarize(plan, hydration: hydration, paths: paths, output: output ?? "", console: console)
        HydrateText.noteReaders(of: try workflow.privatePaths(among: paths), console: console)
        startCommands(for: paths, of: bundle, console: console)
        return .success
    }

    /// Prints the commands that start what was written.
    func startCommands(for paths: [String], of bundle: VerifiedBundle, console: Console) {
        let name = bundle.manifest.bundleName
        let place = output ?? ""
        for command in Hydrate.startCommands(for: paths, in: FilePath(place), as: place, named: name) {
            console.print(command)
        }
    }
}
