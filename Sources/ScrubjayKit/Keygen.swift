public import Bundling
internal import Collecting
public import Sodium
public import SystemPackage

/// Makes a key pair to sign bundles with, in minisign's own file formats.
public struct Keygen: Sendable {
    /// The secret key file that is made.
    public var secretKey: FilePath
    /// The public key file that is made.
    public var publicKey: FilePath

    /// The work that opening a protected key takes: 256 MiB and about a second, so that a machine of 1 GiB can sign.
    /// minisign takes four times as much by itself, and reads keys with either.
    public static let protection = Scrypt.moderate

    /// Makes the workflow; nothing is written yet.
    public init(secretKey: FilePath, publicKey: FilePath) {
        self.secretKey = secretKey
        self.publicKey = publicKey
    }

    /// Makes the pair and writes both files; one that exists is never replaced.
    ///
    /// - Parameter password: what protects the secret key; nil to leave it open.
    /// - Throws: ``KitError`` `refused` where there is a key; ``CollectingError`` `unwritable`; ``BundleError`` where there
    ///   is too little memory.
    public func run(password: borrowing SecretBytes?) throws -> PublicKey {
        for path in [secretKey, publicKey] {
            do {
                try PrivateFile.checkFree(path)
            } catch {
                throw KitError(.refused, "\(path): \(error.message)", hint: "a key is never replaced: give another name")
            }
        }
        let key = SecretKey.generate()
        let text: SecretBytes
        switch password {
        case .none: text = SecretKeyFile.serialized(key)
        case .some(let password): text = try SecretKeyFile.serialized(key, password: password, limits: Self.protection)
        }
        try text.withBytes { bytes throws(CollectingError) in try PrivateFile.create(bytes, at: secretKey) }
        try PrivateFile.write(key.publicKey.serialized(), to: publicKey, mode: 0o644, replacing: false)
        return key.publicKey
    }

    /// Reads a secret key file, whose text stays in locked memory.
    ///
    /// - Throws: ``CollectingError``; ``SodiumError``; ``BundleError`` `malformedSecretKey`.
    public static func secretKeyFile(at path: FilePath) throws -> SecretKeyFile {
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
        } catch Errno.noSuchFileOrDirectory {
            throw CollectingError(.missing, at: path.string, "there is no such key file")
        } catch {
            throw CollectingError(.unreadable, at: path.string, "the key file cannot be read: \(error)")
        }
        defer { try? descriptor.close() }
        let text = try SecretBytes.readAll(of: descriptor.rawValue, limit: SecretKeyFile.limit)
        return try SecretKeyFile(parsing: text)
    }
}
