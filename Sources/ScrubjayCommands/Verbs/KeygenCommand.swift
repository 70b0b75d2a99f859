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
              scrubjay keygen --output new --follows old.key  the old key signs new.pub: new.pub.minisig
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

    @Option(
        help: ArgumentHelp(
            "The memory, in MiB, that the password takes whenever the key is opened.",
            discussion: "A power of two. minisign itself takes 1024, which a small machine does not have.",
            valueName: "number"
        )
    )
    var memory = 256

    @Option(
        help: ArgumentHelp("The secret key that the new one takes over from.", valueName: "file")
    )
    var follows: String?

    @Flag(help: "Make an identity of age, which opens what is sealed to its recipient.")
    var age = false

    @OptionGroup var password: PasswordOptions

    func validate() throws {
        guard Keygen.memories.contains(memory), memory.nonzeroBitCount == 1 else {
            throw ValidationError("'--memory' wants a power of two from 16 to 8192")
        }
        // With '--follows', the file holds the password of the key that is followed.
        guard !noPassword || password.passwordFile == nil || follows != nil else {
            throw ValidationError(
                "'--no-password' leaves the key open, and '--password-file' protects it: give one of them"
            )
        }
        guard !age || password.passwordFile == nil && !noPassword && follows == nil else {
            throw ValidationError("an identity of age has no password, and follows no key")
        }
    }

    func run(console: Console) throws -> ExitStatus {
        if age { return try makeIdentity(console: console) }
        let workflow = Keygen(
            secretKey: FilePath(output + ".key"),
            publicKey: FilePath(output + ".pub"),
            memory: memory
        )
        let predecessor = try follows.map { try password.key(at: $0, console: console) }
        let publicKey =
            noPassword
            ? try workflow.run(password: nil, predecessor: predecessor, time: console.clock())
            : try workflow.run(
                password: password.fresh(console: console),
                predecessor: predecessor,
                time: console.clock()
            )
        console.say("secret key: \(workflow.secretKey) (keep it, and keep it to yourself)")
        console.say("public key: \(workflow.publicKey) (publish it in more than one place)")
        console.say("key id:     \(publicKey.id)")
        if !noPassword { console.say("password:   takes \(memory) MiB of memory whenever the key is opened") }
        if follows != nil { console.say("statement:  \(workflow.statement) (publish it with the key)") }
        console.print(publicKey.base64)
        return .success
    }

    private func makeIdentity(console: Console) throws -> ExitStatus {
        let workflow = AgeKeygen(
            identity: FilePath(output + ".identity"),
            created: CalendarDate.timestamp(Int64(console.clock()))
        )
        let recipient = try workflow.run()
        console.say("identity: \(workflow.identity) (keep it, and keep it to yourself: it opens what is sealed to it)")
        console.print(recipient.description)
        return .success
    }
}
