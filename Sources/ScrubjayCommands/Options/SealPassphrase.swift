internal import ScrubjayKit
internal import Sodium

/// The passphrase of sealed data: the first line of a file, or typed at the terminal without being shown.
struct SealPassphrase {
    /// What it opens, for people.
    var title: String
    /// The file; nil if there is none.
    var file: String?
    /// Whether to ask for it at the terminal.
    var isAskedFor: Bool

    /// Makes a source; nothing is read or asked yet.
    init(of title: String, file: String?, isAskedFor: Bool) {
        self.title = title
        self.file = file
        self.isAskedFor = isAskedFor
    }

    /// Reads the passphrase, or asks for it.
    ///
    /// - Parameters:
    ///   - isNew: whether it is being chosen, and so asked for twice.
    ///   - console: the terminal.
    /// - Returns: the identity; nil if no passphrase is given.
    /// - Throws: ``KitError`` `unsuitable`; ``CollectingError``; ``SodiumError``.
    func identity(isNew: Bool, console: Console) throws -> AgeIdentity? {
        if let file { return try Self.checked(PasswordOptions.read(file)) }
        return isAskedFor ? try ask(isNew: isNew, console: console) : nil
    }

    private func ask(isNew: Bool, console: Console) throws -> AgeIdentity {
        guard console.terminal() != nil else {
            throw KitError(
                .unsuitable,
                "there is no terminal to ask for the passphrase",
                hint: "give --passphrase-file"
            )
        }
        guard isNew else {
            return try Self.checked(Terminal.askSecretly("passphrase of \(title): ", console: console))
        }
        let first = try Terminal.askSecretly("passphrase for \(title): ", console: console)
        let second = try Terminal.askSecretly("repeat it: ", console: console)
        guard first == second else { throw KitError(.unsuitable, "the two passphrases differ") }
        return try Self.checked(first)
    }

    private static func checked(_ passphrase: consuming SecretBytes) throws -> AgeIdentity {
        guard passphrase.count > 0 else { throw KitError(.unsuitable, "the passphrase is empty") }
        return .passphrase(passphrase)
    }
}
