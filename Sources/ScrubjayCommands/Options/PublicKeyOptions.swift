internal import ArgumentParser
internal import Bundling
internal import ScrubjayKit
internal import Sodium
internal import SystemPackage

/// The options for the keys whose signatures a bundle must have.
struct PublicKeyOptions: ParsableArguments {
    @Option(
        name: [.customShort("p"), .long],
        help: ArgumentHelp("A signer's public key, minisign or SSH; may be repeated.", valueName: "file")
    )
    var publicKey: [String] = []

    @Option(help: ArgumentHelp("A folder of public keys.", valueName: "dir"))
    var keyring: String?

    @Option(help: ArgumentHelp("An OpenSSH allowed-signers file.", valueName: "file"))
    var allowedSigners: String?

    @Option(
        help: ArgumentHelp("A user's SSH keys, saved from https://github.com/USER.keys.", valueName: "file")
    )
    var githubKeys: String?

    @Option(
        help: ArgumentHelp(
            "A signature file; may be repeated. Default: those next to the bundle.",
            valueName: "file"
        )
    )
    var signature: [String] = []

    @Option(help: ArgumentHelp("How many of the keys must have signed.", valueName: "number"))
    var threshold = 1

    @Flag(help: "Accept minisign's legacy signatures, which sign the file instead of its hash.")
    var acceptLegacy = false

    @Option(
        help: ArgumentHelp(
            "A file with an age identity that opens a private bundle; may be repeated.",
            valueName: "file"
        )
    )
    var identity: [String] = []

    /// Reads the identities that open a private bundle.
    private func identities() throws -> [AgeIdentity] {
        try identity.flatMap { try AgeKeygen.identities(inFile: FilePath($0)) }
    }

    /// Whether any key was named.
    var namesKeys: Bool { !publicKey.isEmpty || keyring != nil || allowedSigners != nil || githubKeys != nil }

    /// Reads the keys that are accepted at a time.
    private func acceptance(at time: Int) throws -> Verify.Acceptance {
        var entries = try publicKey.flatMap { try KeyringFiles.publicKey(at: FilePath($0)).entries }
        if let keyring { entries += try KeyringFiles.folder(at: FilePath(keyring)).entries }
        if let allowedSigners { entries += try KeyringFiles.allowedSigners(at: FilePath(allowedSigners)).entries }
        if let githubKeys { entries += try KeyringFiles.publishedKeys(at: FilePath(githubKeys)).entries }
        return Verify.Acceptance(
            keyring: Keyring(entries),
            threshold: threshold,
            acceptsLegacy: acceptLegacy,
            time: time
        )
    }

    /// The signatures that were named.
    private var signatures: [FilePath] { signature.map { FilePath($0) } }

    /// Makes the check of a bundle, without signatures when `--insecure` is given.
    func verification(of file: String, insecure isInsecure: Bool = false, console: Console) throws -> Verify {
        let rules = UserFolder.compiledRules(console.environment)
        var verify = Verify(
            file: FilePath(file),
            signatures: signatures,
            acceptance: isInsecure ? nil : try acceptance(at: console.clock()),
            scan: try Scan(fingerprintKey: FingerprintKey(), cache: rules)
        )
        verify.identities = try identities()
        return verify
    }

    func validate() throws {
        guard threshold >= 1 else { throw ValidationError("'--threshold' must be at least 1") }
    }

    /// Checks that a key was named.
    func requireKeys() throws {
        guard namesKeys else {
            throw ValidationError(
                "Missing expected argument '--public-key <file>', '--keyring <dir>', '--allowed-signers <file>' or "
                    + "'--github-keys <file>'"
            )
        }
    }
}
