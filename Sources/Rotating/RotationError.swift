public import Errors

/// The reason why secrets could not be rotated or their catalogue could not be read.
public struct RotationError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// The catalogue is malformed.
        case malformedCatalogue
        /// A requested name is not in the catalogue.
        case unknownName
        /// A requested name is a setting but not a secret.
        case notASecret
        /// A requested secret is not in the tree.
        case notFound
        /// Another party issues the requested secret.
        case issuedElsewhere
        /// A secret to change and one to keep have the same value.
        case sharedValue
        /// A program that generates a key is missing, cannot be run, takes too long or produces no key.
        case noProgram
        /// A key in the deployment cannot be read as the expected kind.
        case unreadableKey
        /// The result is not as planned, or would not be.
        case unverified
    }

    /// The reason.
    public var code: Code
    /// The setting or the path of the file; nil if the error is about the whole deployment.
    public var place: String?
    /// The problem, in one lower-case sentence without a value.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, at place: String? = nil, _ message: String) {
        self.code = code
        self.place = place
        self.message = message
    }
}
