internal import ArgumentParser
internal import Bundling
internal import ScrubjayKit
internal import Sodium
internal import SystemPackage

/// `scrubjay keygen`.
struct KeygenCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Generate a key pair for signing bundles, or an age identity for sealed maps.",
        usage: "scrubjay keygen [<options>] --output <name>",
        discussion: """
            Examples:
              scrubjay keygen --output scrubjay               makes scrubjay.key and scrubjay.pub
              scrubjay keygen --output ci --no-password       for CI, which signs unattended
              scrubjay keygen --output new --follows old.key  the old key signs new.pub: new.pub.minisig
              scrubjay keygen --age --output my               makes my.identity, which opens sealed maps

            The key files are minisign's: 'minisign -S' and 'minisign -V' read them, and Scrubjay reads those \
            of 'minisign -G'. An identity is an age identity: 'age --identity' reads it, and Scrubjay reads \
            those of 'age-keygen'.
            """
    )

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file name, without extension.", valueName: "name")
    )
    var output: String

    @Flag(help: "Do not encrypt the secret key: anyone who can read the file can sign.")
    var noPassword = false

    @Option(
        help: ArgumentHelp(
            "The memory, in MiB, that opening the key with its password takes.",
            discussion: "A power of two. minisign itself uses 1024, which is too much for small machines.",
            valueName: "number"
        )
    )
    var memory = 256

    @Option(
        help: ArgumentHelp(
            "The old secret key that the new one replaces; it signs the new public key.",
            valueName: "file"
        )
    )
    var follows: String?

    @Flag(help: "Generate an age identity and print its recipient.")
    var age = false

    @OptionGroup var password: PasswordOptions

    func validate() throws {
        guard Keygen.memories.contains(memory), memory.nonzeroBitCount == 1 else {
            throw ValidationError("'--memory' must be a power of two from 16 to 8192")
        }
        // With '--follows', the file holds the password of the key that is followed.
        guard !noPassword || password.passwordFile == nil || follows != nil else {
            throw ValidationError(
                "'--no-password' and '--password-file' cannot be combined without '--follows'"
            )
        }
        guard !age || password.passwordFile == nil && !noPassword && follows == nil else {
            throw ValidationError("'--age' cannot be combined with '--password-file', '--no-password' or '--follows'")
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
        console.say("secret key: \(workflow.secretKey) (keep it safe, and never share it)")
        console.say("public key: \(workflow.publicKey) (publish it in more than one place)")
        console.say("key id:     \(publicKey.id)")
        if !noPassword { console.say("password:   opening the key takes \(memory) MiB of memory") }
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
        console.say("identity: \(workflow.identity) (keep it safe, and never share it: it opens what is sealed to it)")
        console.print(recipient.description)
        return .success
    }
}
