internal import ArgumentParser
internal import Archive
internal import Bundling
internal import Collecting
internal import Sanitizing
internal import ScrubjayKit
internal import Sodium
internal import SystemPackage

/// `scrubjay bundle`.
struct BundleCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Pack a sanitized tree into a signed archive.",
        discussion: """
            Examples:
              scrubjay bundle clean --output jitsi-1.0.tar.gz --key scrubjay.key
              SOURCE_DATE_EPOCH=1767225600 scrubjay bundle clean --output jitsi.tar.gz --key scrubjay.key
              scrubjay bundle clean --output jitsi-1.0.tar.zst --ssh-key ~/.ssh/id_ed25519.pub --attest

            The archive's name says what it is: jitsi-1.0.tar.gz is version 1.0 of jitsi. The same tree, name, version, time and key give the same bytes on every machine. The signature
            lies beside it as jitsi.tar.gz.minisig, which 'minisign -V' checks without Scrubjay.
            """
    )

    @Argument(help: "The sanitized tree.")
    var tree: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The archive to make; .tar.gz, .tar.zst or .tar.", valueName: "file")
    )
    var output: String

    @OptionGroup var signing: SigningOptions

    @Option(
        help: ArgumentHelp(
            "What is deployed; where not given, the archive's name without its ending and version.",
            valueName: "name"
        )
    )
    var name: String?

    @Option(
        help: ArgumentHelp(
            "Which version of it; where not given, the one that the archive's name ends in, or 1.0.0.",
            valueName: "version"
        )
    )
    var bundleVersion: String?

    @OptionGroup var release: ReleaseOptions

    @Flag(
        name: .customLong("private"),
        help: "Pack a deployment as it is, sealed to the recipients; the archive's name ends in .age."
    )
    var isPrivate = false

    @Option(help: ArgumentHelp("Who may open a private bundle; may be given more than once.", valueName: "age1…"))
    var recipient: [String] = []

    @Option(
        help: ArgumentHelp(
            "The sealed map of the deployment: no value of it may be left in what is packed.",
            discussion:
                "Without it: the only file that ends in .scrubjay-map.age in the folder of the tree, where sanitize puts it "
                + "if the deployment lies there.",
            valueName: "file"
        )
    )
    var map: String?

    @OptionGroup var mapKeys: MapKeyOptions

    @Flag(help: "Do not look for the values of a sealed map, also where there is one.")
    var noMap = false

    @Flag(help: "Replace files that exist.")
    var force = false

    @Flag(name: [.customShort("n"), .long], help: "Say what would be packed, and write nothing.")
    var dryRun = false

    @OptionGroup var password: PasswordOptions

    func validate() throws {
        guard isPrivate == !recipient.isEmpty else {
            throw ValidationError("'--private' wants '--recipient <age1…>', and has it alone")
        }
        guard map == nil || mapKeys.isGiven else {
            throw ValidationError("'--map' wants '--identity <file>', '--passphrase-file <file>' or '--passphrase'")
        }
        guard !noMap || map == nil && !mapKeys.isGiven else {
            throw ValidationError("--no-map goes with none of the other options of the map")
        }
        guard !isPrivate || !mapKeys.isGiven else {
            throw ValidationError("a private bundle holds every value; the sealed map is about public ones")
        }
        guard !isPrivate || !release.attest else {
            throw ValidationError("'--attest' is about public bundles")
        }
    }

    func run(console: Console) throws -> ExitStatus {
        let path = FilePath(output)
        let fileName = BundleFileName(path.lastComponent?.string ?? "")
        let released = try release.time(console)
        let rules = UserFolder.compiledRules(console.environment)
        var workflow = Bundle(
            tree: FilePath(tree),
            output: path,
            name: name ?? fileName.name,
            version: bundleVersion ?? fileName.version ?? Bundle.firstVersion,
            released: released,
            replacesOutput: force,
            scan: try Scan(fingerprintKey: FingerprintKey(), cache: rules)
        )
        workflow.recipients = try recipient.map { try AgeRecipient($0) }
        if !dryRun { try workflow.checkOutput() }
        let map = try mapFile(console: console)
        let packed = try workflow.prepare()
        if let map {
            let proof = try workflow.checkResidue(of: packed, with: map)
            console.say(
                "none of the \(Count.of(proof.values, "value")) of the sealed map is left, in \(Count.of(proof.forms, "form"))"
            )
        }
        for left in try workflow.leftOut() {
            console.say("left out: \(Printable.text(left.path)) (\(left.reason))")
        }
        let emptyFolders = try workflow.emptyFolders()
        if let first = emptyFolders.first {
            let others = emptyFolders.count > 1 ? " and \(Count.of(emptyFolders.count - 1, "other"))" : ""
            console.say(
                "note: the empty folder \(Printable.text(first))\(others) is not packed: a bundle holds files only"
            )
        }
        let count = Count.of(packed.manifest.files.count, "file")
        if dryRun {
            try workflow.checkCleanliness(of: packed)
            for file in packed.manifest.files { console.print(file.path) }
            console.say(isPrivate ? "would pack \(count)" : "would pack \(count), \(try packed.identity())")
            return .success
        }
        let signers = try signing.signers(password, console: console)
        let notes = release.attest ? try BundleNotes(workflow, toolVersion: Version.text) : nil
        let written = try Interruption.guarding {
            try workflow.apply(packed, signers: signers, notes: notes, isInterrupted: $0)
        }
        console.say("packed \(count), \(written.archive.identity)")
        let keys = written.signatures.map(\.keyIdentifier).joined(separator: ", ")
        console.say("signed by key \(keys), released \(UTC.text(Int64(released)))")
        for name in written.fileNames { console.print(path.removingLastComponent().appending(name).string) }
        return .success
    }

    /// The sealed map to check against; nil if there is none, or none is wanted.
    ///
    /// - Throws: ``KitError`` `refused` if there is one and nothing opens it: what was published unseen is never private
    ///   again; `unsuitable` if it is not clear which one.
    private func mapFile(console: Console) throws -> SealedMapFile? {
        if isPrivate || noMap { return nil }
        let places = try map.map { [FilePath($0)] } ?? SealedMapFile.places(besideTree: FilePath(tree))
        guard mapKeys.isGiven else {
            guard let path = places.first else { return nil }
            let others = places.count > 1 ? ", and \(Count.of(places.count - 1, "other"))," : ""
            throw KitError(
                .refused,
                "\(path): there is a sealed map\(others) whose values might be left in \(tree), and nothing to open it with",
                hint: "give --identity or --passphrase-file to look for them, or --no-map to pack without"
            )
        }
        guard let path = places.first, places.count == 1 else {
            let names = places.map(\.string).joined(separator: ", ")
            throw KitError(
                .unsuitable,
                places.isEmpty
                    ? "\(tree): there is no sealed map beside it" : "\(tree): there is more than one map: \(names)",
                hint: "name the map that sanitize kept: --map FILE"
            )
        }
        console.say("the sealed map is \(path)")
        return SealedMapFile(path: path, identities: try mapKeys.identities(isNew: false, console: console))
    }
}
