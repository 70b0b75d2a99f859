public import Sodium

/// A complete bundle in memory: the archive, its signature, and the checksums of both.
public struct SignedBundle: Sendable {
    /// The archive inside.
    public let bundle: PreparedBundle
    /// The written archive.
    public let archive: ShippedArchive
    /// The bytes of that file.
    public let bytes: [UInt8]
    /// Its signature.
    public let signature: Signature

    /// The file name of the archive.
    public var fileName: String { archive.fileName }
    /// The file name of the signature, where minisign expects it.
    public var signatureFileName: String { archive.signatureFileName }

    /// The name of the list of checksums.
    public static let checksumsFileName = "SHA256SUMS"

    /// Returns the list of checksums for `sha256sum -c`.
    public func checksums() -> [UInt8] {
        Self.checksums([(fileName, SHA256.hash(bytes)), (signatureFileName, SHA256.hash(signature.serialized()))])
    }

    /// Returns the list of checksums of files for `sha256sum -c`.
    public static func checksums(_ files: [(name: String, sha256: Digest)]) -> [UInt8] {
        files.flatMap { Array("\($0.sha256.hex)  \($0.name)\n".utf8) }
    }
}
