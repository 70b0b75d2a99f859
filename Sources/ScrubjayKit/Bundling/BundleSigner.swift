public import Bundling
internal import Archive
internal import Collecting
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

extension ByteSource {
    /// The bytes of an open file.
    init(_ file: OpenFile) {
        self.init(count: file.size) { try file.bytes($0) }
    }

    /// The bytes of a file that must not change.
    init(_ file: StableFile) {
        self.init(count: file.size) { try file.bytes($0) }
    }
}
