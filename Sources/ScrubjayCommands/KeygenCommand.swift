internal import ArgumentParser
internal import Bundling
internal import ScrubjayKit
internal import Sodium
internal import SystemPackage

/// `scrubjay keygen`.
struct KeygenCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make a key pair to sign bundles with.",
        discussion: """
            Examples:
              scrubjay keygen --output scrubjay               makes scrubjay.key and scrubjay.pub
              scrubjay keygen --output ci --no-password       for a machine that signs by itself

            The files are minisign's own: 'minisign -S' and 'minisign -V' read them, and scrubjay reads
            what 'minisign -G' makes.
            """
    )

    @Option(name: .shortAndLong, help: ArgumentHelp("What both files are called, without an ending.", valueName: "name"))
    var output: String

    @Flag(help: "Leave the secret key open: whoever reads the file can sign.")
    var noPassword = false

    @OptionGroup var password: PasswordOptions

    func run(console: Console) throws -> ExitStatus {
        let workflow = Keygen(secretKey: FilePath(output + ".key"), publicKey: FilePath(output + ".pub"))
        let publicKey =
            noPassword
            ? try workflow.run(password: nil)
            : try workflow.run(password: password.fresh(console: console))
        console.say("secret key: \(workflow.secretKey) (keep it, and keep it to yourself)")
        console.say("public key: \(workflow.publicKey) (publish it in more than one place)")
        console.say("key id:     \(publicKey.id)")
        console.print(publicKey.base64)
        return .success
    }
}
