internal import Archive
public import Sodium

/// A bundle's archive, not compressed and not signed.
public struct PackedBundle: Sendable {
    /// The list of its files.
    public let manifest: Manifest
    /// The bytes of the canonical tar.
    public let tar: [UInt8]
    /// The BLAKE2b-256 of the tar, which names the bundle whatever compresses it.
    public let identity: Digest

    private let limits: ArchiveLimits

    init(manifest: Manifest, tar: [UInt8], identity: Digest, limits: ArchiveLimits) {
        self.manifest = manifest
        self.tar = tar
        self.identity = identity
        self.limits = limits
    }

    /// Compresses the archive as `fileName` asks for, and signs it under that name.
    ///
    /// - Parameters:
    ///   - fileName: the name under which the bundle is shipped, without folders; it ends in `.tar` or `.tar.gz`.
    ///   - key: the key.
    /// - Returns: what is to be shipped.
    /// - Throws: ``BundleError`` with code `invalidContents`.
    public func signed(as fileName: String, by key: borrowing SecretKey) throws(BundleError) -> SignedBundle {
        let bytes: [UInt8]
        do throws(ArchiveError) {
            let format = try ArchiveFormat(fileName: fileName)
            try MemberPath.check(fileName)
            bytes = try format.pack(tar, limits: limits)
        } catch {
            throw BundleError(.invalidContents, error)
        }
        guard !fileName.utf8.contains(UInt8(ascii: "/")) else {
            throw BundleError(.invalidContents, at: fileName, "a bundle's file name has no folders")
        }
        let statement = TrustedComment(timestamp: manifest.released, fileName: fileName, identity: identity)
        let signature = try Signature(of: bytes, by: key, trustedComment: statement.comment())
        return SignedBundle(bundle: self, fileName: fileName, bytes: bytes, signature: signature)
    }
}
