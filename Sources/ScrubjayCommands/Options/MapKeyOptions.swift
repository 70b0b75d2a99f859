internal import ArgumentParser
internal import ScrubjayKit
internal import Sodium
internal import SystemPackage

/// The options for opening a sealed map: age identities, or a passphrase, neither of them on the command line.
struct MapKeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with an age identity that opens the map; may be repeated.",
            discussion: "'scrubjay keygen --age' and 'age-keygen' make one.",
            valueName: "file"
        )
    )
    var identity: [String] = []

    @Option(
        help: ArgumentHelp(
            "A file whose first line is the map's passphrase; may be /dev/fd/N.",
            valueName: "file"
        )
    )
    var passphraseFile: String?

    @Flag(help: "Ask for the map's passphrase on the terminal.")
    var passphrase = false

    func validate() throws {
        guard !passphrase || passphraseFile == nil else {
            throw ValidationError("--passphrase and --passphrase-file cannot be combined")
        }
    }

    /// Whether anything is given.
    var isGiven: Bool { !identity.isEmpty || hasPassphrase }

    /// Whether a passphrase is given, or is to be asked for.
    var hasPassphrase: Bool { passphraseFile != nil || passphrase }

    /// Reads or asks for the identities.
    ///
    /// - Parameters:
    ///   - isNew: whether a passphrase is being chosen, which is asked for twice.
    ///   - console: the terminal.
    /// - Returns: the identities, the passphrase last.
    /// - Throws: ``KitError`` `unsuitable`; ``CollectingError``; ``SodiumError``.
    func identities(isNew: Bool, console: Console) throws -> [AgeIdentity] {
        var identities = try identity.flatMap { try AgeKeygen.identities(inFile: FilePath($0)) }
        let source = SealPassphrase(of: "the sealed map", file: passphraseFile, isAskedFor: passphrase)
        if let identity = try source.identity(isNew: isNew, console: console) { identities.append(identity) }
        return identities
    }
}
