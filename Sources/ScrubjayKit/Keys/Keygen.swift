public import Bundling
internal import Collecting
public import Sodium
public import SystemPackage

/// Creates a key pair for signing bundles, in minisign's file formats.
public struct Keygen: Sendable {
    /// The path of the secret key file to create.
    public var secretKey: FilePath
    /// The path of the public key file to create.
    public var publicKey: FilePath

    /// The default cost of opening a protected key: 256 MiB and about a second, so that a machine with 1 GiB can sign.
    ///
    /// minisign's own default costs four times as much; minisign reads keys with either.
    public static let defaultProtection = Scrypt.moderate
    /// The allowed amounts of memory, in MiB.
    public static let memories = 16...8192

    /// The cost of opening the key if a password protects it.
    public var protection: Scrypt

    /// Configures the workflow; nothing is written yet.
    ///
    /// - Parameters:
    ///   - secretKey: the path of the secret key file.
    ///   - publicKey: the path of the public key file.
    ///   - memory: the memory needed to open the key, in MiB, a power of two; nil for ``defaultProtection``.
    public init(secretKey: FilePath, publicKey: FilePath, memory: Int? = nil) {
        self.secretKey = secretKey
        self.publicKey = publicKey
        // libsodium's own presets use 32 bytes of memory for each operation.
        protection =
            memory.map { Scrypt(operations: UInt64($0) << 15, memory: UInt64($0) << 20) } ?? Self.defaultProtection
    }

    /// The path of the statement that the key succeeds another one: the older key's signature of the new public key
    /// file.
    public var statement: FilePath { FilePath(publicKey.string + ".minisig") }

    /// Creates the pair and writes both files.
    ///
    /// An existing key is never replaced.
    ///
    /// - Parameters:
    ///   - password: the password that protects the secret key; nil to leave it unprotected.
    ///   - predecessor: the key that the new one succeeds, which signs the new public key.
    ///   - time: the time in the statement, in seconds since 1970.
    /// - Returns: the public half.
    /// - Throws: ``KitError`` `outputExists` if a key exists; ``CollectingError`` `unwritable`; ``BundleError`` if
    ///   there is too little memory.
    public func run(
        password: borrowing SecretBytes?,
        predecessor: borrowing SecretKey?,
        time: Int
    ) throws -> PublicKey {
        var paths = [secretKey, publicKey]
        switch predecessor {
        case .none: break
        case .some: paths.append(statement)
        }
        for path in paths {
            try PlaceOfFile.folder(for: path)
            do {
                try PrivateFile.checkFree(path)
            } catch {
                throw KitError(
                    .outputExists,
                    "\(path): \(error.message)",
                    hint: "existing keys are never replaced: choose another name"
                )
            }
        }
        let key = SecretKey.generate()
        let secret: SecretBytes
        switch password {
        case .none: secret = SecretKeyFile.serialized(key)
        case .some(let password): secret = try SecretKeyFile.serialized(key, password: password, limits: protection)
        }
        let text = key.publicKey.serialized()
        // All files are made before the first one is moved into place, and the secret key comes last: a failed run
        // leaves no key that would block the next one.
        var files: [StagedFile] = []
        switch predecessor {
        case .none: break
        case .some(let predecessor):
            // Worded like minisign's own comments, because minisign can also make this statement.
            let name = publicKey.lastComponent?.string ?? ""
            let comment = try Comment("timestamp:\(time)\tfile:\(name)\thashed\tfollows:\(predecessor.publicKey.id)")
            let signature = try Signature(of: text, by: predecessor, trustedComment: comment)
            files.append(try StagedFile(for: statement, mode: 0o644, contents: signature.serialized()))
        }
        files.append(try StagedFile(for: publicKey, mode: 0o644, contents: text))
        files.append(
            try secret.withBytes { bytes throws(CollectingError) in
                try StagedFile(for: secretKey, mode: 0o600, contents: bytes)
            }
        )
        try StagedFile.commit(files, replacing: false)
        return key.publicKey
    }

    /// Reads a secret key file.
    ///
    /// Its text is kept in locked memory.
    ///
    /// - Throws: ``CollectingError``; ``SodiumError``; ``BundleError`` `malformedSecretKey`.
    public static func secretKeyFile(at path: FilePath) throws -> SecretKeyFile {
        try SecretKeyFile(parsing: SecretFile.contents(of: path, atMost: SecretKeyFile.limit, noun: "key file"))
    }
}
