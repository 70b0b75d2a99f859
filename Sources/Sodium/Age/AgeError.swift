public import Documents

/// Why an age file, recipient or identity could not be read or made.
public struct AgeError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The bytes are no age file.
        case notAge
        /// The file is one of another version of age.
        case unsupportedVersion
        /// The header or the armor is not what the specification wants.
        case malformed
        /// The text is no recipient that is known here.
        case malformedRecipient
        /// The text is no identity that is known here.
        case malformedIdentity
        /// The recipients cannot stand in one file: there is none, or a passphrase stands beside others.
        case unsuitableRecipients
        /// None of the identities is one that the file was sealed to.
        case noIdentity
        /// The file is sealed with a passphrase, and none was given.
        case passphraseRequired
        /// The passphrase is not that of the file.
        case wrongPassphrase
        /// Trying the passphrase takes more work than is allowed, or more memory than there is.
        case workFactor
        /// Header or content were changed or cut off after they were sealed.
        case tampered
        /// What was sealed is longer than the caller allows.
        case tooLong
    }

    /// The reason.
    public var code: Code
    /// What happened, in one lower-case sentence without a secret.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
