public import Errors
internal import Archive
internal import Sodium

/// The reason why a key, signature or bundle could not be read or made, or was refused.
public struct BundleError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The text is not a minisign public key.
        case malformedPublicKey
        /// The text is not a minisign secret key, or its checksum is wrong.
        case malformedSecretKey
        /// The secret key is protected, and no password was given.
        case passwordRequired
        /// The password of the secret key is wrong.
        case wrongPassword
        /// Deriving a key from the password needs more memory than this machine has.
        case derivationFailed
        /// The text is not a minisign signature.
        case malformedSignature
        /// The type of signature is not accepted.
        case unsupportedSignature
        /// The signature was made by a key that is not accepted.
        case unknownSigner
        /// The signing key was revoked, or is not valid at this time.
        case expiredKey
        /// Too few signers have signed.
        case tooFewSigners
        /// A list of keys, or a statement about one, is malformed.
        case malformedKeyring
        /// An attestation is malformed.
        case malformedAttestation
        /// An attestation contradicts the bundle.
        case attestationMismatch
        /// The bundle is private, and no identity was given to open it.
        case identityRequired
        /// The file changed while it was read.
        case changed
        /// The file could not be read.
        case unreadable
        /// There is no signature.
        case missingSignature
        /// The signature does not match the bytes, or its trusted comment was changed.
        case badSignature
        /// The trusted comment is not a bundle's.
        case foreignComment
        /// The bundle was signed under another file name.
        case wrongFileName
        /// The archive is not the one named in the trusted comment or the manifest.
        case wrongIdentity
        /// The archive is not in the canonical form, or has contents that a bundle must not have.
        case refusedArchive
        /// The manifest is missing or malformed.
        case malformedManifest
        /// The manifest and the members do not match.
        case manifestMismatch
        /// The name, version, time or members are not allowed in a bundle.
        case invalidContents
        /// The parameters are missing or malformed.
        case malformedParameters
        /// A stand-in is not at its parameter's place, so that it cannot be filled in.
        case misplacedStandIn
        /// A value was given for a parameter that does not exist or is derived from another.
        case unknownParameter
        /// A value does not have its parameter's kind, or cannot be written at one of its places.
        case invalidValue
        /// A deployment has two values for one parameter.
        case ambiguousValue
        /// Parameters have no value.
        case missingValues
    }

    /// The reason.
    public var code: Code
    /// The subject, such as a member's path or a parameter's name, escaped for display; nil if the error is about the
    /// whole bundle.
    public var place: String?
    /// The problem, in one lower-case sentence without a value.
    public var message: String
    /// The suggested remedy, if it is known at the origin of the error.
    public var hint: String?

    /// Makes an error about `place`.
    public init(_ code: Code, at place: String? = nil, _ message: String, hint: String? = nil) {
        self.code = code
        self.place = place.map { escaped($0.utf8) }
        self.message = message
        self.hint = hint
    }

    /// Whether the error means that the bundle is not what its signer made, rather than that this could not be
    /// determined.
    public var isRefusal: Bool {
        switch code {
        case .malformedSignature, .unsupportedSignature, .unknownSigner, .expiredKey, .tooFewSigners, .badSignature,
            .foreignComment,
            .malformedAttestation, .attestationMismatch, .changed, .wrongFileName,
            .wrongIdentity, .refusedArchive, .malformedManifest, .manifestMismatch, .misplacedStandIn:
            true
        case .unreadable, .missingSignature, .malformedPublicKey, .malformedSecretKey, .malformedKeyring,
            .identityRequired,
            .passwordRequired,
            .wrongPassword,
            .derivationFailed,
            .invalidContents, .malformedParameters, .unknownParameter, .invalidValue,
            .ambiguousValue, .missingValues:
            false
        }
    }
}

extension BundleError {
    /// Makes an error from an archive error.
    init(_ code: Code, _ error: ArchiveError) {
        self.code = code
        place = error.place
        message = error.message
    }

    /// Makes an error from a cryptography error.
    init(_ code: Code, _ error: SodiumError) {
        self.init(code, error.message)
    }

    /// Makes an error from any error; a bundle error stays as it is.
    ///
    /// Errors of the archive and the cryptography are about the file's contents, and get the code. Any other error
    /// comes from reading the file, so its contents are unknown.
    init(_ code: Code, wrapping error: any Error) {
        switch error {
        case let error as BundleError: self = error
        case let error as ArchiveError: self.init(code, error)
        case let error as AgeError: self.init(code, error.message)
        case let error as SodiumError: self.init(code, error)
        default: self.init(.unreadable, "\(error)")
        }
    }
}
