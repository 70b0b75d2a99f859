internal import Archive
internal import Sodium

/// A signature of a bundle, of either type.
public enum BundleSignature: Hashable, Sendable {
    /// A minisign signature, which also names what it signs.
    case minisign(Signature)
    /// An OpenSSH signature.
    case ssh(SSHSignature)

    /// The maximum size of a signature file in bytes.
    public static let limit = max(Signature.limit, SSHSignature.limit)

    /// Reads a signature file; its first bytes show its type.
    ///
    /// - Parameters:
    ///   - text: all bytes of the file.
    ///   - acceptingLegacy: whether minisign's legacy form is accepted.
    /// - Throws: ``BundleError`` with code `malformedSignature` or `unsupportedSignature`.
    public init(parsing text: [UInt8], acceptingLegacy: Bool = false) throws(BundleError) {
        if text.starts(with: "-----BEGIN SSH".utf8) {
            self = .ssh(try SSHSignature(parsing: text))
        } else {
            self = .minisign(try Signature(parsing: text, acceptingLegacy: acceptingLegacy))
        }
    }

    /// The id of the claimed signing key.
    public var keyIdentifier: String {
        switch self {
        case .minisign(let signature): signature.keyID.description
        case .ssh(let signature): signature.publicKey.fingerprint
        }
    }

    /// Returns the bytes of the signature file.
    public func serialized() -> [UInt8] {
        switch self {
        case .minisign(let signature): signature.serialized()
        case .ssh(let signature): signature.serialized()
        }
    }

    /// The hash function of the digest that checking the signature requires.
    var algorithm: Digest.Algorithm {
        switch self {
        case .minisign: .blake2b512
        case .ssh(let signature): signature.algorithm
        }
    }

    /// Returns the entry of the key that made this signature.
    ///
    /// - Throws: ``BundleError`` with code `unknownSigner` or `expiredKey`.
    func signer(in keyring: Keyring, at time: Int64?) throws(BundleError) -> Keyring.Entry {
        try keyring.entry(named: keyIdentifier, at: time) { key in
            switch (self, key) {
            case (.minisign(let signature), .minisign(let key)): signature.keyID == key.id
            case (.ssh(let signature), .ssh(let key)): signature.publicKey == key
            default: false
            }
        }
    }
}
