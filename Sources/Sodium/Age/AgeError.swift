public import Errors

/// The reason why an age file, recipient or identity could not be read or made.
public struct AgeError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The bytes are not an age file.
        case notAge
        /// The file has another version of the format.
        case unsupportedVersion
        /// The header or the armor violates the specification.
        case malformed
        /// The text is not a supported recipient.
        case malformedRecipient
        /// The text is not a supported identity.
        case malformedIdentity
        /// The recipients cannot be combined: there is none, or a passphrase among others.
        case unsuitableRecipients
        /// The file is not sealed to any of the identities.
        case noIdentity
        /// The file is sealed with a passphrase, and none was given.
        case passphraseRequired
        /// The passphrase is wrong.
        case wrongPassphrase
        /// Testing the passphrase takes more work than allowed, or more memory than there is.
        case workFactor
        /// The header or the contents were changed or truncated.
        case tampered
        /// The contents are longer than the caller allows.
        case tooLong
    }

    /// The reason.
    public var code: Code
    /// The problem, in one lower-case sentence without a secret.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
