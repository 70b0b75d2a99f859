internal import ArgumentParser
internal import Archive
internal import Bundling
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

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("A minisign secret key to sign with; may be given more than once.", valueName: "file")
    )
    var key: [String] = []

    @Option(
        help: ArgumentHelp(
            "An SSH key to sign with through ssh-keygen; may be given more than once.",
            discussion: "The public key's file is enough where ssh-agent has the key.",
            valueName: "file"
        )
    )
    var sshKey: [String] = []

    @Option(
        help: ArgumentHelp(
            "What is deployed; the archive's name without its ending where not given.",
            valueName: "name"
        )
    )
    var name: String?

    @Option(help: ArgumentHelp("Which version of it.", valueName: "version"))
    var bundleVersion = "1.0.0"

    @Option(
        help: ArgumentHelp(
            "When it was released, in seconds since 1970.",
            discussion: "Without it, SOURCE_DATE_EPOCH, or the time of day.",
            valueName: "seconds"
        )
    )
    var released: Int?

    @Flag(help: "Also write how it was built and how clean it is, signed, and which images it runs.")
    var attest = false

    @Flag(
        name: .customLong("private"),
        help: "Pack a deployment as it is, sealed to the recipients; the archive's name ends in .age."
    )
    var isPrivate = false

    @Option(help: ArgumentHelp("Who may open a private bundle; may be given more than once.", valueName: "age1…"))
    var recipient: [String] = []

    @Flag(help: "Replace files that exist.")
    var force = false

    @Flag(name: [.customShort("n"), .long], help: "Say what would be packed, and write nothing.")
    var dryRun = false

    @OptionGroup var password: PasswordOptions

    func validate() throws {
        guard !key.isEmpty || !sshKey.isEmpty else {
            throw ValidationError("Missing expected argument '--key <file>' or '--ssh-key <file>'")
        }
        guard isPrivate == !recipient.isEmpty else {
            throw ValidationError("'--private' wants '--recipient <age1…>', and has it alone")
        }
        guard !isPrivate || !attest else {
            throw ValidationError("'--attest' is about public bundles")
        }
    }

    func run(console: Console) throws -> ExitStatus {
        let path = FilePath(output)
        let released = try released ?? SourceDate.time(console)
        var workflow = Bundle(
            tree: FilePath(tree),
            output: path,
            name: name ?? Self.name(of: path),
            version: bundleVersion,
            released: released,
            replacesOutput: force,
            scan: try Scan(fingerprintKey: FingerprintKey(), cache: UserFolder.compiledRules(console.environment))
        )
        workflow.recipients = try recipient.map { try AgeRecipient($0) }
        let packed = try workflow.prepare()
        let count = Count.of(packed.manifest.files.count, "file")
        if dryRun {
            for file in packed.manifest.files { console.print(file.path) }
            console.say(isPrivate ? "would pack \(count)" : "would pack \(count), \(try packed.identity())")
            return .success
        }
        let signers = try signers(console: console)
        let notes = attest ? try BundleNotes(workflow, toolVersion: Version.text) : nil
        let written = try workflow.apply(packed, signers: signers, notes: notes)
        console.say("packed \(count), \(written.archive.identity)")
        let keys = written.signatures.map(\.keyIdentifier).joined(separator: ", ")
        console.say("signed by key \(keys), released \(UTC.text(Int64(released)))")
        for name in written.fileNames { console.print(path.removingLastComponent().appending(name).string) }
        return .success
    }

    private func signers(console: Console) throws -> [any BundleSigner] {
        var signers: [any BundleSigner] = []
        for key in key { signers.append(MinisignSigner(try password.key(at: key, console: console))) }
        return signers + sshKey.map { SSHSigner(key: FilePath($0), environment: console.environment) }
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
