internal import ArgumentParser
internal import Bundling
internal import Collecting
internal import ScrubjayKit
internal import Sodium
internal import SystemPackage

/// The source of a secret key's password, which is never the command line, because every process can read that.
struct PasswordOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file whose first line is the key's password; may be /dev/fd/N.",
            discussion: "Default: ask for the password on the terminal.",
            valueName: "file"
        )
    )
    var passwordFile: String?

    /// Reads the password of the existing key at `path`.
    private func existing(of path: String, console: Console) throws -> SecretBytes {
        if let passwordFile { return try Self.read(passwordFile) }
        guard console.terminal() != nil else { throw Self.noTerminal }
        return try Terminal.askSecretly("password for the key \(Printable.text(path)): ", console: console)
    }

    /// Opens an existing key, with its password if it has one.
    func key(at path: String, console: Console) throws -> SecretKey {
        do {
            let file = try Keygen.secretKeyFile(at: FilePath(path))
            return file.protection == nil
                ? try file.open() : try file.open(password: existing(of: path, console: console))
        } catch let error as BundleError where error.place == nil {
            if error.code == .malformedSecretKey, (try? KeyringFiles.publicKey(at: FilePath(path))) != nil {
                throw KitError(
                    .unsuitable,
                    "\(path): this is a public key, which can only verify",
                    hint: "give the secret key: 'scrubjay keygen' writes it as a file that ends in .key"
                )
            }
            var error = error
            error.place = path
            throw error
        }
    }

    /// Reads the password of a new key; on a terminal it is asked for twice.
    func fresh(console: Console) throws -> SecretBytes {
        if let passwordFile {
            let password = try Self.read(passwordFile)
            guard password.count > 0 else { throw Self.empty(in: passwordFile) }
            return password
        }
        guard console.terminal() != nil else { throw Self.noTerminal }
        let first = try Terminal.askSecretly("password for the new key: ", console: console)
        guard first.count > 0 else { throw Self.empty() }
        let second = try Terminal.askSecretly("repeat it: ", console: console)
        guard first == second else { throw KitError(.unsuitable, "the two passwords differ") }
        return first
    }

    private static func empty(in file: String? = nil) -> KitError {
        let place = file.map { "\($0): " } ?? ""
        return KitError(.unsuitable, "\(place)the password is empty", hint: "--no-password generates a key without one")
    }

    private static let longest = 1024
    private static let noTerminal = KitError(
        .unsuitable,
        "the key needs a password, and there is no terminal to ask on",
        hint: "give --password-file"
    )

    /// Reads the first line of a file into locked memory.
    static func read(_ path: String) throws -> SecretBytes {
        try SecretFile.line(of: FilePath(path), atMost: longest, noun: "password file")
    }
}
