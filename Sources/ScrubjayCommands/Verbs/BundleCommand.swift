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

            The file name gives name and version: jitsi-1.0.tar.gz is version 1.0 of jitsi. The same tree, name, version, \
            time and key give the same bytes on every machine. The signature is written next to the archive, as \
            jitsi-1.0.tar.gz.minisig; 'minisign -V' verifies it without Scrubjay.
            """
    )

    @Argument(help: "The sanitized tree.")
    var tree: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The archive to write: .tar.gz, .tar.zst or .tar.", valueName: "file")
    )
    var output: String

    @OptionGroup var signing: SigningOptions

    @Option(
        help: ArgumentHelp(
            "The bundle's name. Default: the file name without extension and version.",
            valueName: "name"
        )
    )
    var name: String?

    @Option(
        help: ArgumentHelp(
            "The bundle's version. Default: the one in the file name, or 1.0.0.",
            valueName: "version"
        )
    )
    var bundleVersion: String?

    @OptionGroup var release: ReleaseOptions

    @Flag(
        name: .customLong("private"),
        help: "Pack an unsanitized deployment, sealed to the recipients; the file name ends in .age."
    )
    var isPrivate = false

    @Option(
        help: ArgumentHelp("An age recipient who can open the private bundle; may be repeated.", valueName: "age1…")
    )
    var recipient: [String] = []

    @Option(
        help: ArgumentHelp(
            "The deployment's sealed map: packing fails if any value in it is left in the tree.",
            discussion:
                "Default: the only .scrubjay-map.age file next to the tree, where sanitize writes it if the deployment "
                + "is there too.",
            valueName: "file"
        )
    )
    var map: String?

    @OptionGroup var mapKeys: MapKeyOptions

    @Flag(help: "Pack without checking the values of a sealed map, even if there is one.")
    var noMap = false

    @Flag(help: "Overwrite existing files.")
    var force = false

    @Flag(name: [.customShort("n"), .long], help: "Show what would be packed; write nothing.")
    var dryRun = false

    @OptionGroup var password: PasswordOptions

    func validate() throws {
        guard isPrivate == !recipient.isEmpty else {
            throw ValidationError("'--private' and '--recipient <age1…>' must be used together")
        }
        guard map == nil || mapKeys.isGiven else {
            throw ValidationError("'--map' needs '--identity <file>', '--passphrase-file <file>' or '--passphrase'")
        }
        guard !noMap || map == nil && !mapKeys.isGiven else {
            throw ValidationError("--no-map goes with none of the other options of the map")
        }
        guard !isPrivate || !mapKeys.isGiven else {
            throw ValidationError(
                "'--private' cannot be combined with a sealed map: a private bundle contains the original values"
            )
        }
        guard !isPrivate || !release.attest else {
            throw ValidationError("'--attest' cannot be combined with '--private'")
        }
    }

    func run(console: Console) throws -> ExitStatus {
        let path = FilePath(output)
        let fileName = BundleFileName(path.lastComponent?.string ?? "")
        let released = try release.time(console)
        let rules = UserFolder.compiledRules(console.environment)
        var workflow = BundlePacking(
            tree: FilePath(tree),
            output: path,
            name: name ?? fileName.name,
            version: bundleVersion ?? fileName.version ?? BundlePacking.firstVersion,
            released: released,
            replacesOutput: force,
            scan: try Scan(fingerprintKey: FingerprintKey(), cache: rules)
        )
        workflow.recipients = try recipient.map { try AgeRecipient($0) }
        try workflow.checkOutput()
        let map = try mapFile(console: console)
        let packed = try workflow.prepare()
        if let map {
            let proof = try workflow.checkResidue(of: packed, with: map)
            console.say(
                "none of the \(Count.of(proof.values, "value")) in the sealed map is left, in \(Count.of(proof.forms, "form"))"
            )
        }
        for left in try workflow.leftOut() {
            console.say("left out: \(Printable.text(left.path)) (\(left.reason))")
        }
        let emptyFolders = try workflow.emptyFolders()
        if let first = emptyFolders.first {
            let others = emptyFolders.count > 1 ? " and \(Count.of(emptyFolders.count - 1, "other"))" : ""
            console.say(
                "note: empty folder not packed: \(Printable.text(first))\(others); a bundle contains only files"
            )
        }
        let count = Count.of(packed.manifest.files.count, "file")
        if dryRun {
            try workflow.checkCleanliness(of: packed)
            for file in packed.manifest.files { console.print(file.path) }
            let what = "\(count) as \(workflow.name) \(workflow.version)"
            console.say(isPrivate ? "would pack \(what)" : "would pack \(what), \(try packed.identity())")
            return .success
        }
        let signers = try signing.signers(password, console: console)
        let notes = release.attest ? try BundleNotes(workflow, toolVersion: Version.text) : nil
        let written = try Interruption.guarding {
            try workflow.apply(packed, signers: signers, notes: notes, isInterrupted: $0)
        }
        console.say("packed \(count) as \(workflow.name) \(workflow.version), \(written.archive.identity)")
        let keys = written.signatures.map(\.keyIdentifier).joined(separator: ", ")
        console.say("signed by key \(keys), released \(UTC.text(Int64(released)))")
        for name in written.fileNames { console.print(path.removingLastComponent().appending(name).string) }
        return .success
    }

    /// The sealed map to check against; nil if there is none, or none is wanted.
    ///
    /// - Throws: ``KitError`` `refused` if there is a map and no key for it, because publishing cannot be undone;
    ///   `unsuitable` if there are several maps, or the expected one is missing.
    private func mapFile(console: Console) throws -> SealedMapFile? {
        if isPrivate || noMap { return nil }
        let places = try map.map { [FilePath($0)] } ?? SealedMapFile.places(besideTree: FilePath(tree))
        guard mapKeys.isGiven else {
            guard let path = places.first else { return nil }
            let others = places.count > 1 ? " and \(Count.of(places.count - 1, "other map"))" : ""
            throw KitError(
                .refused,
                "\(path)\(others): the values of this sealed map may be left in \(tree), and it was not opened",
                hint: "open it with --identity or --passphrase-file to check, or pack without checking with --no-map"
            )
        }
        guard let path = places.first, places.count == 1 else {
            let names = places.map(\.string).joined(separator: ", ")
            throw KitError(
                .unsuitable,
                places.isEmpty
                    ? "\(tree): there is no sealed map next to it"
                    : "\(tree): there is more than one sealed map: \(names)",
                hint: "name the map that sanitize wrote: --map FILE"
            )
        }
        console.say("the sealed map is \(path)")
        return SealedMapFile(path: path, identities: try mapKeys.identities(isNew: false, console: console))
    }
}
