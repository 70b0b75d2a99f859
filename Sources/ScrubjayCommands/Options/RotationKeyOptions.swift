internal import ArgumentParser
internal import ScrubjayKit
internal import Sodium
internal import SystemPackage

/// The options for the keys with which `rotate` seals and opens the old values.
struct RotationKeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with the age identity that the old values are sealed to and opened with.",
            discussion: "Without it: rotation.key in the user's configuration, made at the first rotation.",
            valueName: "file"
        )
    )
    var identity: String?

    @Option(help: ArgumentHelp("Seal the old values to this recipient; may be repeated.", valueName: "age1…"))
    var recipient: [String] = []

    @Option(
        help: ArgumentHelp(
            "Seal and open the old values with a passphrase, the first line of this file; /dev/fd/N is one, too.",
            valueName: "file"
        )
    )
    var passphraseFile: String?

    @Flag(help: "Ask for that passphrase on the terminal.")
    var passphrase = false

    func validate() throws {
        guard !passphrase || passphraseFile == nil else {
            throw ValidationError("give either --passphrase or --passphrase-file")
        }
        let hasKey = identity != nil || !recipient.isEmpty
        guard !hasKey || !passphrase && passphraseFile == nil else {
            throw ValidationError("a file of age is sealed to a passphrase or to keys: give one of the two")
        }
    }

    /// Reads the requested keys, or the user's own.
    ///
    /// - Parameters:
    ///   - isNew: whether old values are about to be sealed, so that a passphrase is being chosen.
    ///   - console: the terminal.
    /// - Returns: the recipients of the old values, and the identities that open them.
    /// - Throws: ``KitError`` `keyRequired` if there is no key and no place for one; ``AgeError``; ``CollectingError``.
    func seal(isNew: Bool, console: Console) throws -> RotationSeal {
        let secret = SealPassphrase(of: "the old values", file: passphraseFile, isAskedFor: passphrase)
        if let identity = try secret.identity(isNew: isNew, console: console) {
            return RotationSeal(identities: [identity])
        }
        let recipients = try recipient.map { try AgeRecipient($0) }
        if let identity {
            return RotationSeal(
                identities: try AgeKeygen.identities(inFile: FilePath(identity)),
                recipients: recipients
            )
        }
        guard recipients.isEmpty else { return RotationSeal(identities: [], recipients: recipients) }
        guard let folder = UserFolder.configuration(console.environment) else {
            throw KitError(
                .keyRequired,
                "the old values must be sealed for a way back, and there is no place for a key",
                hint: "give --identity FILE or --recipient age1…"
            )
        }
        return try RotationSeal.ofUser(keyFile: folder.appending("scrubjay").appending("rotation.key"))
    }
}
