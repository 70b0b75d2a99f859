public import Errors

/// The reason why an operation on secrets, keys or encodings failed.
public struct SodiumError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// A key, seed, salt or signature does not have its algorithm's length.
        case wrongLength
        /// The bytes are not a key: the halves of a secret key do not match, or a point is not on the curve.
        case malformedKey
        /// The text is not canonical base64.
        case malformedBase64
        /// The limits of a key derivation are outside libsodium's range, or memory is exhausted.
        case derivationFailed
        /// A file descriptor could not be read.
        case unreadable
        /// A file descriptor held more than the limit.
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
