public import Sodium

/// The file of a bundle as it was written: what a signature needs to know about it.
public struct ShippedArchive: Sendable {
    /// The name under which it is shipped, without folders.
    public let fileName: String
    /// When it was released, in seconds since 1970.
    public let released: Int64
    /// The BLAKE2b-256 of the tar inside.
    public let identity: Digest
    /// The digests of the file; its BLAKE2b-512 is always among them.
    public let digests: [Digest.Algorithm: Digest]

    init(fileName: String, released: Int64, identity: Digest, digests: [Digest.Algorithm: Digest]) {
        self.fileName = fileName
        self.released = released
        self.identity = identity
        self.digests = digests
    }

    /// The name under which minisign looks for its signature.
    public var signatureFileName: String { fileName + ".minisig" }

    /// The signature of the file, which says when it was released and which tar is inside.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents`.
    public func signature(by key: borrowing SecretKey) throws(BundleError) -> Signature {
        guard let digest = digests[.blake2b512] else { preconditionFailure("the BLAKE2b-512 is always computed") }
        let statement = TrustedComment(timestamp: released, fileName: fileName, identity: identity)
        return try Signature(ofDigest: digest, by: key, trustedComment: statement.comment())
    }
}
