public import Sodium

/// The properties of a bundle's written file that a signature needs.
public struct ShippedArchive: Sendable {
    /// The file name, without folders.
    public let fileName: String
    /// The release time, in seconds since 1970.
    public let released: Int64
    /// The BLAKE2b-256 of the tar inside, or of the sealed file of a private bundle.
    public let identity: Digest
    /// The digests of the file, always including its BLAKE2b-512.
    public let digests: [Digest.Algorithm: Digest]

    init(fileName: String, released: Int64, identity: Digest, digests: [Digest.Algorithm: Digest]) {
        self.fileName = fileName
        self.released = released
        self.identity = identity
        self.digests = digests
    }

    /// The file name at which minisign expects its signature.
    public var signatureFileName: String { fileName + ".minisig" }

    /// Signs the file; the signature names the release time and the archive's identity.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents`.
    public func signature(by key: borrowing SecretKey) throws(BundleError) -> Signature {
        guard let digest = digests[.blake2b512] else { preconditionFailure("the BLAKE2b-512 is always computed") }
        let statement = TrustedComment(timestamp: released, fileName: fileName, identity: identity)
        return try Signature(ofDigest: digest, by: key, trustedComment: statement.comment())
    }
}
