internal import ArgumentParser
internal import Archive
internal import Bundling
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

            The same tree, name, version, time and key give the same bytes on every machine. The signature
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
            "What is deployed; the archive's name without its ending where not given.",
            valueName: "name"
        )
    )
    var name: String?

    @Option(help: ArgumentHelp("Which version of it.", valueName: "version"))
    var bundleVersion = "1.0.0"

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
                "Without it, where something to open it with is given: <tree>.scrubjay-map.age, beside the tree.",
            valueName: "file"
        )
    )
    var map: String?

    @OptionGroup var mapKeys: MapKeyOptions

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
        guard !isPrivate || !mapKeys.isGiven else {
            throw ValidationError("a private bundle holds every value; the sealed map is about public ones")
        }
        guard !isPrivate || !release.attest else {
            throw ValidationError("'--attest' is about public bundles")
        }
    }

    func run(console: Console) throws -> ExitStatus {
        let path = FilePath(output)
        let released = try release.time(console)
        let rules = UserFolder.compiledRules(console.environment)
        var workflow = Bundle(
            tree: FilePath(tree),
            output: path,
            name: name ?? Self.name(of: path),
            version: bundleVersion,
            released: released,
            replacesOutput: force,
            scan: try Scan(fingerprintKey: FingerprintKey(), cache: rules)
        )
        workflow.recipients = try recipient.map { try AgeRecipient($0) }
        let packed = try workflow.prepare()
        if let map = try mapFile(console: console) {
            let proof = try workflow.checkResidue(of: packed, with: map)
            console.say(
                "none of the \(Count.of(proof.values, "value")) of the sealed map is left, in \(Count.of(proof.forms, "form"))"
            )
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
        let written = try workflow.apply(packed, signers: signers, notes: notes)
        console.say("packed \(count), \(written.archive.identity)")
        let keys = written.signatures.map(\.keyIdentifier).joined(separator: ", ")
        console.say("signed by key \(keys), released \(UTC.text(Int64(released)))")
        for name in written.fileNames { console.print(path.removingLastComponent().appending(name).string) }
        return .success
    }

    /// The sealed map to look into; nil where none is wanted, or nothing is there to open it with.
    private func mapFile(console: Console) throws -> SealedMapFile? {
        if isPrivate { return nil }
        let path = try map.map { FilePath($0) } ?? SealedMapFile.place(beside: FilePath(tree))
        var file = SealedMapFile(path: path, identities: [])
        guard mapKeys.isGiven else {
            let exists = try file.exists()
            if exists { console.say("note: \(path) was not looked into: --identity or --passphrase-file opens it") }
            return nil
        }
        file.identities = try mapKeys.identities(isNew: false, console: console)
        return file
    }

    private static func name(of path: FilePath) -> String {
        var file = path.lastComponent?.string ?? ""
        if file.hasSuffix(PrivateForm.ending) { file = String(file.dropLast(PrivateForm.ending.utf8.count)) }
        guard let ending = ArchiveFormat.endings.first(where: { file.hasSuffix($0.ending) })?.ending else {
            return file
        }
        return String(file.dropLast(ending.count))
    }
}
