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
            guard output == nil, settings.isEmpty, values == nil, !environment, !update, !force, !dryRun else {
                throw ValidationError(
                    "'--list' prints what can be given, and fills nothing in: give it without --output, "
                        + "--set, --values, --environment, --update, --force and --dry-run"
                )
            }
        }
        if !insecure { try keys.requireKeys() }
    }

    func run(console: Console) throws -> ExitStatus {
        let verify = try keys.verification(of: file, insecure: insecure, console: console)
        let workflow = Hydrate(verify: verify, output: FilePath(output ?? ""), replacesOutput: force)
        let bundle = try workflow.open()
        if !list { try workflow.checkOutput(updating: update, from: bundle) }
        if insecure { console.say("warning: nobody's signature was looked at; the bundle may be anybody's") }
        if bundle.isPrivate { return try unpack(bundle, workflow, console: console) }
        let hydration = try Hydration(of: bundle)
        if list {
            console.output(HydrateText.list(of: hydration, as: format))
            return .success
        }
        var given = environment ? values(in: console.environment, for: hydration) : [:]
        // An empty line gives no value; its parameter is listed with the others that are missing.
        if let values { given.merge(try Hydrate.values(inFile: FilePath(values)).filter { !$1.isEmpty }) { $1 } }
        for (name, value) in try parsedSettings() { given[name] = value }
        if update { return try bringUpToDate(hydration, of: bundle, workflow, given: given, console: console) }
        var plan = try hydration.plan(values: given)
        if !plan.missing.isEmpty && console.isInteractive && !dryRun {
            for (name, value) in try HydrateText.ask(for: plan.missing, of: hydration, console: console) {
                given[name] = value
            }
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
        startCommands(for: paths, of: bundle, console: console)
        return .success
    }

    private func requireValues(_ plan: HydrationPlan, of hydration: Hydration, console: Console) throws {
        guard plan.missing.isEmpty else {
            for parameter in plan.missing {
                console.print("\(parameter.name)  (\(HydrateText.purpose(of: parameter, in: hydration)))")
            }
            throw KitError(
                .incomplete,
                "\(Count.of(plan.missing.count, "value is", plural: "values are")) missing; nothing was written",
                hint: "'scrubjay hydrate … --list > values.yml' writes a file to fill in for --values"
            )
        }
    }

    /// Writes the files of a private bundle, which has no parameters.
    private func unpack(_ bundle: VerifiedBundle, _ workflow: Hydrate, console: Console) throws -> ExitStatus {
        guard !list, !update, output != nil else {
            throw KitError(.unsuitable, "a private bundle has nothing to be filled in: give --output alone")
        }
        if dryRun {
            for file in bundle.manifest.files { console.print(Printable.text(file.path)) }
            console.say("would write \(Count.of(bundle.manifest.files.count, "file"))")
            return .success
        }
        let paths = try Interruption.guarding { try workflow.unpack(bundle, isInterrupted: $0) }
        console.say("wrote \(Count.of(paths.count, "file")) into \(output ?? ""), for you alone")
        startCommands(for: paths, of: bundle, console: console)
        return .success
    }

    private func startCommands(for paths: [String], of bundle: VerifiedBundle, console: Console) {
        let name = bundle.manifest.bundleName
        let commands = StartCommands.commands(for: paths, in: output ?? "", named: name) { path in
            Hydrate.namesGoogle(FilePath(output ?? "").appending(path))
        }
        for command in commands { console.print(command) }
    }

    /// Shows the changes that a newer version makes to a deployment, and applies them if allowed.
    private func bringUpToDate(
        _ hydration: Hydration,
        of bundle: VerifiedBundle,
        _ workflow: Hydrate,
        given: [String: [UInt8]],
        console: Console
    ) throws -> ExitStatus {
        if !dryRun { UpdateText.write(try workflow.recover(), to: console) }
        var given = given
        var (plan, update) = try workflow.update(hydration, of: bundle, given: given)
        if update == nil && console.isInteractive && !dryRun {
            for (name, value) in try HydrateText.ask(for: plan.missing, of: hydration, console: console) {
                given[name] = value
            }
            (plan, update) = try workflow.update(hydration, of: bundle, given: given)
        }
        guard let update else {
            guard dryRun else {
                try requireValues(plan, of: hydration, console: console)
                return .answerIsNo
            }
            let preview = try workflow.preview(plan, of: hydration, bundle)
            UpdateText.write(preview, plan: plan, of: bundle.manifest, to: console)
            for parameter in plan.missing {
                console.say("wanted: \(parameter.name) (\(HydrateText.purpose(of: parameter, in: hydration)))")
            }
            return .answerIsNo
        }
        UpdateText.write(update, plan: plan, of: bundle.manifest, to: console)
        if dryRun { return update.waiting.isEmpty ? .success : .answerIsNo }
        if !force && !update.changes.isEmpty {
            guard console.isInteractive, Terminal.ask("write these changes? [y/N] ", console: console) == "y" else {
                throw KitError(.incomplete, "nothing was written", hint: "--force writes the changes without asking")
            }
        }
        try Interruption.guarding { try update.apply(of: bundle, isInterrupted: $0) }
        guard !update.changes.isEmpty else { return update.waiting.isEmpty ? .success : .answerIsNo }
        console.say("brought \(output ?? "") up to \(Printable.text(bundle.manifest.version))")
        return update.conflicts.isEmpty && update.waiting.isEmpty ? .success : .answerIsNo
    }

    /// Returns the values of environment variables named after parameters.
    private func values(in environment: [String: String], for hydration: Hydration) -> [String: [UInt8]] {
        var values: [String: [UInt8]] = [:]
        for parameter in hydration.parameters {
            guard let value = environment["SCRUBJAY_SET_" + parameter.name.uppercased()] else { continue }
            values[parameter.name] = Array(value.utf8)
        }
        return values
    }

    private func parsedSettings() throws -> [(name: String, value: [UInt8])] {
        try settings.map { setting in
            guard let sign = setting.firstIndex(of: "=") else {
                throw KitError(.usage, "--set wants name=value", hint: "secrets are better given by --values")
            }
            return (String(setting[..<sign]), Array(setting[setting.index(after: sign)...].utf8))
        }
    }
}
