internal import ArgumentParser
internal import ScrubjayKit
internal import Sodium
internal import SystemPackage

/// The options for the keys with which `rotate` seals and opens the old values.
struct RotationKeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with an age identity; the old values are sealed to it and opened with it.",
            discussion: "Default: ~/.config/scrubjay/rotation.key, created at the first rotation.",
            valueName: "file"
        )
    )
    var identity: String?

    @Option(help: ArgumentHelp("Seal the old values to this recipient; may be repeated.", valueName: "age1…"))
    var recipient: [String] = []

    @Option(
        help: ArgumentHelp(
            "Seal and open the old values with the passphrase in the first line of this file; may be /dev/fd/N.",
            valueName: "file"
        )
    )
    var passphraseFile: String?

    @Flag(help: "Ask for that passphrase on the terminal.")
    var passphrase = false

    func validate() throws {
        guard !passphrase || passphraseFile == nil else {
            throw ValidationError("--passphrase and --passphrase-file cannot be combined")
        }
        let hasKey = identity != nil || !recipient.isEmpty
        guard !hasKey || !passphrase && passphraseFile == nil else {
            throw ValidationError("the old values are sealed either to a passphrase or to keys: give only one of them")
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
                "the old values must be sealed for --rollback, and there is no folder to keep a key in",
                hint: "give --identity FILE or --recipient age1…"
            )
        }
        return try RotationSeal.ofUser(keyFile: folder.appending("scrubjay").appending("rotation.key"))
    }
}
