internal import Collecting
internal import Rotating
public import Sodium
public import SystemPackage

/// The keys that seal the old values of a rotation and open them for a rollback.
public struct RotationSeal: Sendable {
    /// The maximum size of a sealed file in bytes; it holds the original files of a rotation.
    private static let longest = 1 << 30

    /// The identities that open the sealed file.
    public var identities: [AgeIdentity]
    /// The recipients; if empty, the holders of ``identities``.
    public var recipients: [AgeRecipient]

    /// Makes a seal.
    public init(identities: [AgeIdentity], recipients: [AgeRecipient] = []) {
        self.identities = identities
        self.recipients = recipients
    }

    /// Reads the user's own key for the seal, and creates its file if it does not exist.
    ///
    /// - Throws: ``CollectingError`` if the file can be neither read nor created; ``KitError`` `unsuitable` if it is
    ///   not a key.
    public static func ofUser(keyFile path: FilePath) throws -> RotationSeal {
        do throws(CollectingError) {
            try PrivateFile.checkFree(path)
        } catch {
            guard error.code == .outputExists else { throw error }
            return RotationSeal(identities: try AgeKeygen.identities(inFile: path))
        }
        return RotationSeal(identities: [try AgeKeygen.make(at: path)])
    }

    /// Returns the sealed file's contents for a rotation.
    func sealed(_ rotation: SealedRotation) throws -> [UInt8] {
        let own = recipients.isEmpty ? identities.map(\.recipient) : recipients
        return try AgeFile.seal(rotation.serialized(), to: own)
    }

    /// Opens the rotation in the deployment's sealed file; nil if there is none.
    ///
    /// - Throws: ``LiveError`` `unreadable`; ``CollectingError``.
    func read(in root: FilePath) throws -> SealedRotation? {
        guard let bytes = try Self.bytes(in: root), !bytes.isEmpty else { return nil }
        do {
            return try SealedRotation(parsing: AgeFile.open(bytes, with: identities))
        } catch let error as AgeError {
            throw LiveError(
                .unreadable,
                "\(SealedRotation.name) cannot be opened: \(error.message)",
                remedy: error.code == .passphraseRequired ? .passphrase : .identity
            )
        }
    }

    /// Returns the bytes of the deployment's sealed file; nil if it does not exist.
    static func bytes(in root: FilePath) throws -> [UInt8]? {
        try Deployment.contents(ofFileIfThere: root.appending(SealedRotation.name), atMost: longest)
    }
}
