public import Sodium

/// A bundle as it is shipped, in memory: the archive, its signature, and the checksums of both.
public struct SignedBundle: Sendable {
    /// The archive inside.
    public let bundle: PackedBundle
    /// What was written.
    public let archive: ShippedArchive
    /// The bytes of that file.
    public let bytes: [UInt8]
    /// Its signature.
    public let signature: Signature

    /// The name under which the archive is shipped.
    public var fileName: String { archive.fileName }
    /// The name under which the signature is shipped: where minisign looks for it.
    public var signatureFileName: String { archive.signatureFileName }

    /// The name of the list of checksums.
    public static let checksumsFileName = "SHA256SUMS"

    /// The list of checksums that `sha256sum -c` reads.
    public func checksums() -> [UInt8] {
        Self.checksums([(fileName, SHA256.hash(bytes)), (signatureFileName, SHA256.hash(signature.serialized()))])
    }

    /// The list of checksums of files that `sha256sum -c` reads.
    public static func checksums(_ files: [(name: String, sha256: Digest)]) -> [UInt8] {
        files.flatMap { Array("\($0.sha256.hex)  \($0.name)\n".utf8) }
    }
}
