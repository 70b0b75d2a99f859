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
    /// An existing file is never replaced.
    ///
    /// - Returns: the recipient to seal to.
    /// - Throws: ``KitError`` `refused` if the file exists; ``CollectingError`` `unwritable`.
    public func run() throws -> AgeRecipient {
        try PlaceOfFile.folder(for: identity)
        do {
            try PrivateFile.checkFree(identity)
        } catch {
            throw KitError(
                .refused,
                "\(identity): \(error.message)",
                hint: "an identity is never replaced: give another name"
            )
        }
        let key = AgeIdentity.generate()
        switch AgeIdentityFile.serialized(key, created: created) {
        case .none: preconditionFailure("a fresh identity has a file")
        case .some(let text):
            try text.withBytes { bytes throws(CollectingError) in try PrivateFile.create(bytes, at: identity) }
        }
        return key.recipient
    }

    /// Reads an identity file.
    ///
    /// Its text is kept in locked memory.
    ///
    /// - Throws: ``CollectingError``; ``SodiumError``; ``KitError`` `unsuitable`.
    public static func identities(inFile path: FilePath) throws -> [AgeIdentity] {
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
        } catch Errno.noSuchFileOrDirectory {
            throw CollectingError(.missing, at: path.string, "there is no such identity file")
        } catch {
            throw CollectingError(.unreadable, at: path.string, "the identity file cannot be read: \(error)")
        }
        defer { try? descriptor.close() }
        let text = try SecretBytes.readAll(of: descriptor.rawValue, limit: AgeIdentityFile.limit)
        do throws(AgeError) {
            return try AgeIdentityFile.identities(in: text)
        } catch {
            throw KitError(.unsuitable, "\(path): \(error.message)", hint: "'scrubjay keygen --age' makes one")
        }
    }
}
