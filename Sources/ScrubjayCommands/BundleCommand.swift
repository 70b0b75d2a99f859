internal import ArgumentParser
internal import Bundling
internal import ScrubjayKit
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

            The same tree, name, version, time and key give the same bytes on every machine. The signature
            lies beside it as jitsi.tar.gz.minisig, which 'minisign -V' checks without Scrubjay.
            """
    )

    @Argument(help: "The sanitized tree.")
    var tree: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The archive to make; .tar.gz or .tar.", valueName: "file"))
    var output: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The minisign secret key to sign with.", valueName: "file"))
    var key: String

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

    @Flag(help: "Replace files that exist.")
    var force = false

    @Flag(name: [.customShort("n"), .long], help: "Say what would be packed, and write nothing.")
    var dryRun = false

    @OptionGroup var password: PasswordOptions

    func run(console: Console) throws -> ExitStatus {
        let path = FilePath(output)
        let released = try released ?? SourceDate.time(console)
        let workflow = Bundle(
            tree: FilePath(tree),
            output: path,
            name: name ?? Self.name(of: path),
            version: bundleVersion,
            released: released,
            replacesOutput: force,
            scan: try Scan(fingerprintKey: FingerprintKey(), cache: UserFolder.compiledRules(console.environment))
        )
        let packed = try workflow.prepare()
        let what = "\(Count.of(packed.manifest.files.count, "file")), \(packed.identity)"
        if dryRun {
            for file in packed.manifest.files { console.print(file.path) }
            console.say("would pack \(what)")
            return .success
        }
        let file = try Keygen.secretKeyFile(at: FilePath(key))
        let signed: SignedBundle
        if file.protection == nil {
            signed = try workflow.apply(packed, key: file.open())
        } else {
            let password = try password.existing(console: console)
            signed = try workflow.apply(packed, key: file.open(password: password))
        }
        console.say("packed \(what)")
        console.say("signed by key \(signed.signature.keyID), released \(UTC.text(Int64(released)))")
        for name in [signed.fileName, signed.signatureFileName, SignedBundle.checksumsFileName] {
            console.print(path.removingLastComponent().appending(name).string)
        }
        return .success
    }

    private static func name(of path: FilePath) -> String {
        let file = path.lastComponent?.string ?? ""
        for ending in [".tar.gz", ".tar"] where file.hasSuffix(ending) { return String(file.dropLast(ending.count)) }
        return file
    }
}
