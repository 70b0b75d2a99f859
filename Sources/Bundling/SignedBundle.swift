internal import Sodium

/// A bundle as it is shipped: the archive, its signature, and the checksums of both.
public struct SignedBundle: Sendable {
    /// The archive inside.
    public let bundle: PackedBundle
    /// The name under which the archive is shipped.
    public let fileName: String
    /// The bytes of that file.
    public let bytes: [UInt8]
    /// Its signature.
    public let signature: Signature

    /// The name under which the signature is shipped: where minisign looks for it.
    public var signatureFileName: String { fileName + ".minisig" }

    /// The name of the list of checksums.
    public static let checksumsFileName = "SHA256SUMS"

    /// The list of checksums that `sha256sum -c` reads.
    public func checksums() -> [UInt8] {
        let files = [(fileName, bytes), (signatureFileName, signature.serialized())]
        return files.flatMap { name, bytes in Array("\(SHA256.hash(bytes).hex)  \(name)\n".utf8) }
    }
}
