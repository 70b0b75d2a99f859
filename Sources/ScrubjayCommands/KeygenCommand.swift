internal import ArgumentParser
internal import Bundling
internal import ScrubjayKit
internal import Sodium
internal import SystemPackage

/// `scrubjay keygen`.
struct KeygenCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make a key pair to sign bundles with, or an identity to seal maps to.",
        discussion: """
            Examples:
              scrubjay keygen --output scrubjay               makes scrubjay.key and scrubjay.pub
              scrubjay keygen --output ci --no-password       for a machine that signs by itself
              scrubjay keygen --age --output my               makes my.identity, which opens sealed maps

            The files are minisign's own: 'minisign -S' and 'minisign -V' read them, and scrubjay reads
            what 'minisign -G' makes. An identity is one of age: 'age --identity' reads it, and scrubjay
            reads what 'age-keygen' makes.
            """
    )

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("What the files are called, without an ending.", valueName: "name")
    )
    var output: String

    @Flag(help: "Leave the secret key open: whoever reads the file can sign.")
    var noPassword = false

    @Flag(help: "Make an identity of age, which opens what is sealed to its recipient.")
    var age = false

    @OptionGroup var password: PasswordOptions

    func validate() throws {
        guard !age || password.passwordFile == nil && !noPassword else {
            throw ValidationError("an identity of age has no password")
        }
    }

    func run(console: Console) throws -> ExitStatus {
        if age { return try makeIdentity(console: console) }
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

    private func makeIdentity(console: Console) throws -> ExitStatus {
        let workflow = AgeKeygen(
            identity: FilePath(output + ".identity"),
            created: UTC.stamp(Int64(console.clock()))
        )
        let recipient = try workflow.run()
        console.say("identity: \(workflow.identity) (keep it, and keep it to yourself: it opens what is sealed to it)")
        console.print(recipient.description)
        return .success
    }
}
