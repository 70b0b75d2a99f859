public import Bundling
public import Sodium
public import SystemPackage

/// Signs with a minisign key.
public final class MinisignSigner: BundleSigner {
    private let key: SecretKey

    /// Takes over the key.
    public init(_ key: consuming SecretKey) { self.key = key }

    /// The key's public half.
    public var publicKeys: [PublicKey] { [key.publicKey] }

    /// None: a minisign signature covers the BLAKE2b-512.
    public var algorithms: [Digest.Algorithm] { [] }

    /// Signs a bundle.
    ///
    /// - Throws: ``BundleError`` `invalidContents`.
    public func sign(_ archive: ShippedArchive, in file: FilePath) throws -> BundleSignature {
        .minisign(try archive.signature(by: key))
    }

    /// Signs the bytes of an attestation by plain Ed25519.
    public func sign(attestation bytes: [UInt8]) -> Attestation.Signature {
        Attestation.Signature(bytes, by: key)
    }
}
