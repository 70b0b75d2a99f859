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

    @Flag(help: "Print the parameters as a YAML file to be filled in.")
    var list = false

    @Flag(help: "Do not ask who made the bundle, and look at no signature.")
    var insecure = false

    @Flag(help: "Replace the folder if it exists, with all that is in it.")
    var force = false

    @Flag(name: [.customShort("n"), .long], help: "Say what would be done, and write nothing.")
    var dryRun = false

    func validate() throws {
        guard list || output != nil else { throw ValidationError("Missing expected argument '--output <dir>'") }
        if !insecure { try keys.requireKeys() }
    }

    func run(console: Console) throws -> ExitStatus {
        let verify = Verify(
            file: FilePath(file),
            signatures: keys.signatures,
            acceptance: insecure ? nil : try keys.acceptance(at: console.clock()),
            scan: try Scan(fingerprintKey: FingerprintKey(), cache: UserFolder.compiledRules(console.environment))
        )
        let workflow = Hydrate(verify: verify, output: FilePath(output ?? ""), replacesOutput: force)
        let bundle = try workflow.open()
        let hydration = try Hydration(of: bundle)
        if insecure { console.say("warning: nobody's signature was looked at; the bundle may be anybody's") }
        if list {
            console.output(HydrateText.valuesFile(for: hydration.parameters))
            return .success
        }
        var given = try values.map { try Hydrate.values(inFile: FilePath($0)) } ?? [:]
        for (name, value) in try parsedSettings() { given[name] = value }
        var plan = try hydration.plan(values: given)
        if !plan.missing.isEmpty && console.isInteractive && !dryRun {
            for (name, value) in try HydrateText.ask(for: plan.missing, of: hydration, console: console) {
                given[name] = value
            }
            plan = try hydration.plan(values: given)
        }
        if dryRun {
            HydrateText.writePlan(plan, to: console)
            return plan.missing.isEmpty ? .success : .answerIsNo
        }
        guard plan.missing.isEmpty else {
            for parameter in plan.missing { console.print("\(parameter.name)  (\(parameter.summary))") }
            throw KitError(
                .incomplete,
                "\(Count.of(plan.missing.count, "value is", plural: "values are")) missing; nothing was written",
                hint: "'scrubjay hydrate … --list > values.yml' writes a file to fill in for --values"
            )
        }
        let paths = try Interruption.guarding { isInterrupted in
            try workflow.apply(plan, of: bundle, isInterrupted: isInterrupted)
        }
        HydrateText.summarize(plan, hydration: hydration, paths: paths, output: output ?? "", console: console)
        return .success
    }

    private func parsedSettings() throws -> [(name: String, value: [UInt8])] {
        try settings.map { setting in
            guard let sign = setting.firstIndex(of: "=") else {
                throw KitError(.unsuitable, "--set wants name=value", hint: "secrets are better given by --values")
            }
            return (String(setting[..<sign]), Array(setting[setting.index(after: sign)...].utf8))
        }
    }
}
