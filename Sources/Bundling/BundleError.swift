internal import Archive
internal import Sodium

/// Why a key, signature or bundle could not be read or made, or was refused.
public struct BundleError: Error, Hashable, Sendable {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The text is no minisign public key.
        case malformedPublicKey
        /// The text is no minisign secret key, or its checksum is wrong.
        case malformedSecretKey
        /// The secret key is protected, and no password was given.
        case passwordRequired
        /// The password is not that of the secret key.
        case wrongPassword
        /// The key derivation of a password wants more than this machine has.
        case derivationFailed
        /// The text is no minisign signature.
        case malformedSignature
        /// The signature is of a kind that is not accepted.
        case unsupportedSignature
        /// The signature was made by another key than those given.
        case unknownSigner
        /// The key that signed was revoked, or is not valid at this time.
        case expiredKey
        /// Fewer signers than wanted have signed.
        case tooFewSigners
        /// A list of keys, or a statement about one, is not what its format wants.
        case malformedKeyring
        /// An attestation is not what its format wants.
        case malformedAttestation
        /// An attestation says something about the bundle that is not so.
        case attestationMismatch
        /// The bundle is private, and nobody was named who may open it.
        case identityRequired
        /// The file changed while it was read.
        case changed
        /// The file could not be read.
        case unreadable
        /// There is no signature.
        case missingSignature
        /// The signature does not belong to the bytes, or its trusted comment was changed.
        case badSignature
        /// The trusted comment does not say what that of a bundle says.
        case foreignComment
        /// The bundle was signed under another file name.
        case wrongFileName
        /// The archive is not the one that the trusted comment or the manifest names.
        case wrongIdentity
        /// The archive is not in the canonical form, or holds what a bundle must not.
        case refusedArchive
        /// The manifest is missing, or is not what its format wants.
        case malformedManifest
        /// The manifest and the members do not match.
        case manifestMismatch
        /// What was asked to be packed cannot be a bundle: its name, version, time or members.
        case invalidContents
        /// The parameters are missing, or are not what their format wants.
        case malformedParameters
        /// A stand-in is not where its parameter says, so that nobody could fill it in.
        case misplacedStandIn
        /// A value was given for a parameter that the bundle does not have, or that follows from another one.
        case unknownParameter
        /// A value is not of its parameter's kind, or cannot be written where it must stand.
        case invalidValue
        /// Parameters have no value.
        case missingValues
    }

    /// The reason.
    public var code: Code
    /// What it is about, such as a member's path or a parameter's name, escaped for display; nil where it is the whole.
    public var place: String?
    /// What happened, in one lower-case sentence without a value.
    public var message: String
    /// What to do, where that is known where it happened.
    public var hint: String?

    /// Makes an error about what is named `place`.
    public init(_ code: Code, at place: String? = nil, _ message: String, hint: String? = nil) {
        self.code = code
        self.place = place.map { escaped($0.utf8) }
        self.message = message
        self.hint = hint
    }

    /// Whether the answer to "is this bundle what its signer made?" is no, rather than that it could not be found out.
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
            .invalidContents, .malformedParameters, .unknownParameter, .invalidValue, .missingValues:
            false
        }
    }

    /// Two errors are equal when their codes are.
    public static func == (left: BundleError, right: BundleError) -> Bool { left.code == right.code }

    /// Hashes the code alone.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension BundleError: CustomStringConvertible {
    /// The place and the message.
    public var description: String { place.map { "\($0): \(message)" } ?? message }
}

extension BundleError {
    /// What the archive below found, as an error of a bundle.
    init(_ code: Code, _ error: ArchiveError) {
        self.code = code
        place = error.path
        message = error.message
    }

    /// What the cryptography below found, as an error of a bundle.
    init(_ code: Code, _ error: SodiumError) {
        self.init(code, error.message)
    }

    /// Any error, as an error of a bundle where it is none yet.
    ///
    /// What the archive and the cryptography say is about what the file holds, and has the code. Anything else was said by
    /// whoever reads the file: what it holds is not known then.
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
