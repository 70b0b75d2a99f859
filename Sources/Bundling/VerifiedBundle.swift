public import Archive
public import Sodium

/// A bundle that was found to be what its signer made.
public struct VerifiedBundle: Sendable {
    /// The key that signed it.
    public let signer: PublicKey
    /// What the signature says: when, under which name, and which archive.
    public let statement: TrustedComment
    /// The form in which the archive was shipped.
    public let format: ArchiveFormat
    /// The list of its files.
    public let manifest: Manifest
    /// The files without the manifest, in the order of the archive.
    public let members: [Member]

    /// The BLAKE2b-256 of the tar, which names the bundle whatever compresses it.
    public var identity: Digest { statement.identity }
}
