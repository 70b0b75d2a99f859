internal import Collecting
public import Sodium
public import SystemPackage

/// Creates an age identity, which opens sealed maps, in the file format of `age-keygen`.
public struct AgeKeygen: Sendable {
    /// The path of the identity file to create.
    public var identity: FilePath
    /// The creation time recorded in the file's comment: `2026-01-31T12:00:00Z`.
    public var created: String

    /// Configures the workflow; `run()` does the work.
    public init(identity: FilePath, created: String) {
        self.identity = identity
        self.created = created
    }

    /// Creates the identity and writes its file.
    ///
    /// - Returns: the recipient to seal to.
    /// - Throws: ``KitError`` `outputExists` if the file exists; ``CollectingError`` `unwritable`.
    public func run() throws -> AgeRecipient {
        try PlaceOfFile.folder(for: identity)
        do {
            try PrivateFile.checkFree(identity)
        } catch {
            throw KitError(
                .outputExists,
                "\(identity): \(error.message)",
                hint: "existing identities are never replaced: choose another name"
            )
        }
        return try Self.make(at: identity, created: created).recipient
    }

    /// Creates an identity and writes its file, with the folders that lead to it.
    ///
    /// - Returns: the identity, as it can be read back from the file.
    /// - Throws: ``CollectingError``.
    static func make(at path: FilePath, created: String? = nil) throws(CollectingError) -> AgeIdentity {
        let key = AgeIdentity.generate()
        switch AgeIdentityFile.serialized(key, created: created) {
        case .none: preconditionFailure("a fresh identity has a file")
        case .some(let text):
            try text.withBytes { bytes throws(CollectingError) in try PrivateFile.create(bytes, at: path) }
        }
        return key
    }

    /// Reads an identity file.
    ///
    /// Its text is kept in locked memory.
    ///
    /// - Throws: ``CollectingError``; ``SodiumError``; ``KitError`` `unsuitable`.
    public static func identities(inFile path: FilePath) throws -> [AgeIdentity] {
        let text = try SecretFile.contents(of: path, atMost: AgeIdentityFile.limit, noun: "identity file")
        do throws(AgeError) {
            return try AgeIdentityFile.identities(in: text)
        } catch {
            throw KitError(.unsuitable, "\(path): \(error.message)", remedy: .ageIdentity)
        }
    }
}
