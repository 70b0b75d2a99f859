internal import ArgumentParser
internal import Bundling
internal import ScrubjayKit
internal import SystemPackage

/// Which keys a bundle may be signed with.
struct PublicKeyOptions: ParsableArguments {
    @Option(
        name: [.customShort("p"), .long],
        help: ArgumentHelp("The signer's minisign public key; may be given more than once.", valueName: "file")
    )
    var publicKey: [String]

    @Option(help: ArgumentHelp("The signature, where it does not lie beside the bundle.", valueName: "file"))
    var signature: String?

    /// The keys.
    func keys() throws -> [PublicKey] { try publicKey.map { try Verify.publicKey(at: FilePath($0)) } }

    func validate() throws {
        guard !publicKey.isEmpty else { throw ValidationError("Missing expected argument '--public-key <file>'") }
    }
}
