internal import ArgumentParser
internal import ScrubjayKit
internal import SystemPackage

/// The options for the keys that sign a bundle.
struct SigningOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("A minisign secret key to sign with; may be repeated.", valueName: "file")
    )
    var key: [String] = []

    @Option(
        help: ArgumentHelp(
            "An SSH key to sign with, through ssh-keygen; may be repeated.",
            discussion: "The public key file is enough if ssh-agent has the key.",
            valueName: "file"
        )
    )
    var sshKey: [String] = []

    func validate() throws {
        guard !key.isEmpty || !sshKey.isEmpty else {
            throw ValidationError("Missing expected argument '--key <file>' or '--ssh-key <file>'")
        }
    }

    /// Opens the signing keys, asking for their passwords.
    func signers(_ password: PasswordOptions, console: Console) throws -> [any BundleSigner] {
        var signers: [any BundleSigner] = []
        for key in key { signers.append(MinisignSigner(try password.key(at: key, console: console))) }
        return signers + sshKey.map { SSHSigner(key: FilePath($0), environment: console.environment) }
    }
}
