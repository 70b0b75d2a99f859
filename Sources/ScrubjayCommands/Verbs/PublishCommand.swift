internal import ArgumentParser
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay publish`.
struct PublishCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Sanitize, bundle, sign and commit in one step.",
        discussion: """
            Examples:
              scrubjay publish collected --to ~/jitsi-gcp --key scrubjay.key --identity my.identity
              scrubjay publish collected --to ~/jitsi-gcp --key scrubjay.key --dry-run

            The sanitized tree is written to \(Publish.treeName)/ and the signed archive to \(Publish.bundlesName)/ in the repository, in one \
            commit, which you push yourself. Everything is proved and verified first, as 'sanitize', 'bundle' \
            and 'verify' do. If nothing has changed, there is no new version; a committed version never changes. \
            README.md and .gitattributes are written once; after that they are yours to edit.
            """
    )

    @Argument(help: "The deployment's folder, outside the repository.")
    var deployment: String

    @Option(help: ArgumentHelp("A folder in a git work tree.", valueName: "repository"))
    var to: String

    @OptionGroup var signing: SigningOptions
    @OptionGroup var password: PasswordOptions

    @Option(help: ArgumentHelp("The bundle's name. Default: the repository's name.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("The bundle's version. Default: the next one.", valueName: "version"))
    var bundleVersion: String?

    @OptionGroup var release: ReleaseOptions

    @OptionGroup var map: MapOptions
    @OptionGroup var scanning: DeploymentScanOptions

    @OptionGroup var unproved: UnprovedOptions

    @Flag(help: "Write the files, but do not commit them.")
    var noCommit = false

    @Flag(name: [.customShort("n"), .long], help: "Show what would be replaced; write nothing.")
    var dryRun = false

    func run(console: Console) throws -> ExitStatus {
        let mapFile = try map.file(of: deployment, console: console)
        let workflow = try workflow(map: mapFile, console: console)
        let preparation = try StatusLine.showing(SanitizeText.reading, on: console) { try workflow.prepare() }
        SanitizeText.writeNotes(preparation, to: console)
        if dryRun {
            SanitizeText.writePlan(preparation.plan, to: console)
            return .success
        }
        let signers = try signing.signers(password, console: console)
        let outcome = try StatusLine.showing(SanitizeText.replacing, on: console) {
            try Interruption.guarding { isInterrupted in
                try workflow.apply(preparation, signers: signers, time: console.clock(), isInterrupted: isInterrupted)
            }
        }
        SanitizeText.summarize(
            outcome.sanitizing,
            plan: outcome.sanitizing.preparation.plan,
            output: workflow.repository.appending(Publish.treeName).string,
            console: console
        )
        if !map.noMap {
            SanitizeText.writeMap(mapFile?.path.string, absent: outcome.sanitizing.absent ?? [], to: console)
        }
        PublishText.write(outcome, of: workflow, to: console)
        return .success
    }

    private func workflow(map: SealedMapFile?, console: Console) throws -> Publish {
        let (source, repository) = (FilePath(deployment), FilePath(to))
        var sanitize = Sanitize(
            source: source,
            output: repository,
            map: map,
            scan: try scanning.scan(of: source, console: console)
        )
        sanitize.leavesOutUnproved = unproved.leaveOutUnproved
        var workflow = Publish(
            repository: repository,
            name: try name ?? Publish.name(of: repository),
            released: try release.time(console),
            environment: console.environment,
            sanitize: sanitize,
            scan: try Scan(fingerprintKey: FingerprintKey(), cache: UserFolder.compiledRules(console.environment))
        )
        workflow.version = bundleVersion
        workflow.commits = !noCommit
        workflow.attestingAs = release.attest ? Version.text : nil
        return workflow
    }
}
