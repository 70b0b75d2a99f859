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

            The bundle is verified first. On a terminal, what is not given is asked for. Secrets that can
            be made are made, and files that hold one are readable by you alone.

            Exit status: 1 where a value is missing; and with --update, also --dry-run, as long as a
            .scrubjay-new file waits for you to merge it.
            """
    )

    @Argument(help: "The bundle; its signature lies beside it.")
    var file: String

    @OptionGroup var keys: PublicKeyOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The folder to make.", valueName: "dir"))
    var output: String?

    @Option(
        name: [.customLong("set")],
        help: ArgumentHelp("The value of a parameter; may be given more than once.", valueName: "name=value")
    )
    var settings: [String] = []

    @Option(
        help: ArgumentHelp(
            "A parameter whose stand-in stays, although it is required; may be repeated.",
            valueName: "name"
        )
    )
    var leave: [String] = []

    @Option(help: ArgumentHelp("A YAML file of names and values, or a .env file.", valueName: "file"))
    var values: String?

    @Flag(help: "Also take values from the variables SCRUBJAY_SET_NAME, with the parameter's name in capitals.")
    var environment = false

    @Flag(help: "Print the parameters: as a YAML file to be filled in, a table, or JSON.")
    var list = false

    @Option(help: "How the list is printed.")
    var format = HydrateText.ListFormat.yaml

    @Flag(
        help: "Bring a deployment that exists up to this version; it keeps its values, and the changes are shown first."
    )
    var update = false

    @Flag(help: "With --update: the bundle may have another name than the one that the deployment was made of.")
    var renamed = false

    @Flag(help: "Do not ask who made the bundle, and look at no signature.")
    var insecure = false

    @Flag(
        help: ArgumentHelp(
            "Replace the folder, with all that is in it, if an earlier run made it; with --update, do not ask.",
            discussion: OutputFolderOptions.forceNote
        )
    )
    var force = false

    @Flag(name: [.customShort("n"), .long], help: "Say what would be done, and write nothing.")
    var dryRun = false

    func validate() throws {
        guard list || output != nil else { throw ValidationError("Missing expected argument '--output <dir>'") }
        if list {
            guard output == nil, settings.isEmpty, leave.isEmpty, values == nil, !environment, !update, !force, !dryRun
            else {
                throw ValidationError(
                    "'--list' prints what can be given, and fills nothing in: give it without --output, "
                        + "--set, --leave, --values, --environment, --update, --force and --dry-run"
                )
            }
        }
        guard update || !renamed else { throw ValidationError("'--renamed' belongs to '--update'") }
        if !insecure { try keys.requireKeys() }
    }

    func run(console: Console) throws -> ExitStatus {
        let verify = try keys.verification(of: file, insecure: insecure, console: console)
        var workflow = Hydrate(verify: verify, output: FilePath(output ?? ""), replacesOutput: force)
        workflow.acceptsRenamed = renamed
        let bundle = try workflow.open()
        if !list { try workflow.checkOutput(updating: update, from: bundle) }
        if insecure { console.say("warning: nobody's signature was looked at; the bundle may be anybody's") }
        if bundle.isPrivate { return try unpack(bundle, workflow, console: console) }
        var hydration = try Hydration(of: bundle)
        hydration.left = Set(leave)
        if list {
            console.output(HydrateText.list(of: hydration, as: format))
            return .success
        }
        var given = try givenValues(for: hydration, console: console)
        try BundleErrors.check(hydration.problems(with: given))
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
