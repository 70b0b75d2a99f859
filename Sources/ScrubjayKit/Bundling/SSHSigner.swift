public import Bundling
internal import Archive
internal import Collecting
public import Sodium
public import SystemPackage

/// Signs with an SSH key, through `ssh-keygen`.
public struct SSHSigner: BundleSigner {
    private let program: SSHKeygen

    /// Configures the signer.
    ///
    /// - Parameters:
    ///   - key: the key's file: the private key, or the public key if the agent holds the private one.
    ///   - environment: the variables of this process.
    public init(key: FilePath, environment: [String: String]) {
        program = SSHKeygen(key: key, environment: environment)
    }

    /// None: the signature contains its key.
    public var publicKeys: [PublicKey] { [] }

    /// `ssh-keygen` hashes by SHA-512.
    public var algorithms: [Digest.Algorithm] { [.sha512] }

    /// Signs a bundle.
    ///
    /// - Throws: ``CollectingError``; ``BundleError`` if the result is not a signature of the bundle.
    public func sign(_ archive: ShippedArchive, in file: FilePath) throws -> BundleSignature {
        let source = ByteSource(try OpenFile(file))
        let text = try program.sign(namespace: SSHSignature.bundleNamespace) { try source.forEachPiece($0) }
        let signature = try SSHSignature(parsing: text)
        guard let digest = archive.digests[signature.algorithm] else {
            throw KitError(.unsuitable, "ssh-keygen used the unexpected hash algorithm \(signature.algorithm.rawValue)")
        }
        // A key that verification would reject is refused now.
        try signature.check(digest: digest, namespace: SSHSignature.bundleNamespace, by: signature.publicKey)
        return .ssh(signature)
    }

    /// Signs the bytes of an attestation.
    ///
    /// - Throws: ``CollectingError``; ``BundleError``.
    public func sign(attestation bytes: [UInt8]) throws -> Attestation.Signature {
        let text = try program.sign(namespace: SSHSignature.attestationNamespace) { try $0(bytes) }
        return Attestation.Signature(try SSHSignature(parsing: text))
    }
}
