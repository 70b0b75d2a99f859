/// Why secrets could not be rotated, or their catalogue not be read.
public struct RotationError: Error, Hashable, Sendable {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// The catalogue does not say what it must.
        case malformedCatalogue
        /// A name was asked for that the catalogue does not have.
        case unknownName
        /// A name was asked for that is a setting, and no secret.
        case notASecret
        /// A secret was asked for that the tree does not hold.
        case notFound
        /// A secret was asked for whose value somebody else hands out.
        case issuedElsewhere
        /// A secret that is to be changed and one that is to stay hold the same value.
        case sharedValue
        /// A program that makes a key is missing, cannot be run, takes too long or makes none.
        case noProgram
        /// The deployment has a key that is none of its kind.
        case unreadableKey
        /// Not all that was planned would be, or is, as planned.
        case unverified
    }

    /// The reason.
    public var code: Code
    /// The setting or the file's path; nil where the whole is meant.
    public var place: String?
    /// What happened, in one lower-case sentence without a value.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, at place: String? = nil, _ message: String) {
        self.code = code
        self.place = place
        self.message = message
    }

    /// Two errors are equal when their codes are.
    public static func == (left: RotationError, right: RotationError) -> Bool { left.code == right.code }

    /// Hashes the code alone.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
