public import Bundling
public import Sodium
public import SystemPackage

/// Signs bundles and their attestations.
public protocol BundleSigner {
    /// The digests of the bundle's file that the signature needs in addition to its BLAKE2b-512.
    var algorithms: [Digest.Algorithm] { get }

    /// The minisign keys that verify the signature; empty for SSH, whose signatures contain the key.
    var publicKeys: [PublicKey] { get }

    /// Signs a bundle.
    ///
    /// - Parameters:
    ///   - archive: the written archive.
    ///   - file: the path of the archive.
    /// - Returns: the signature.
    /// - Throws: ``BundleError``; ``CollectingError``.
    func sign(_ archive: ShippedArchive, in file: FilePath) throws -> BundleSignature

    /// Signs the bytes of an attestation.
    func sign(attestation bytes: [UInt8]) throws -> Attestation.Signature
}
