internal import Collecting
public import Sodium
public import SystemPackage

/// Makes an identity of age, which opens sealed maps, in the file format of `age-keygen`.
public struct AgeKeygen: Sendable {
    /// The identity file that is made.
    public var identity: FilePath
    /// When it is made, as the file says in a comment: `2026-01-31T12:00:00Z`.
    public var created: String

    /// Makes the workflow; nothing is written yet.
    public init(identity: FilePath, created: String) {
        self.identity = identity
        self.created = created
    }

    /// Makes the identity and writes its file; one that exists is never replaced.
    ///
    /// - Returns: whom to seal to.
    /// - Throws: ``KitError`` `outputExists` where there is a file; ``CollectingError`` `unwritable`.
    public func run() throws -> AgeRecipient {
        try PlaceOfFile.folder(for: identity)
        do {
            try PrivateFile.checkFree(identity)
        } catch {
            throw KitError(
                .outputExists,
                "\(identity): \(error.message)",
                hint: "an identity is never replaced: give another name"
            )
        }
        return try Self.make(at: identity, created: created).recipient
    }

    /// Makes an identity and writes its file, with the folders that lead to it.
    ///
    /// - Returns: the identity, which the file opens again.
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

    /// Reads an identity file, whose text stays in locked memory.
    ///
    /// - Throws: ``CollectingError``; ``SodiumError``; ``KitError`` `unsuitable`.
    public static func identities(inFile path: FilePath) throws -> [AgeIdentity] {
        let text = try SecretFile.contents(of: path, atMost: AgeIdentityFile.limit, noun: "identity file")
        do throws(AgeError) {
            return try AgeIdentityFile.identities(in: text)
        } catch {
            throw KitError(.unsuitable, "\(path): \(error.message)", hint: "'scrubjay keygen --age' makes one")
        }
    }
}
