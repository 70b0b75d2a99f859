public import Errors

/// The reason why a deployment could not be sanitized.
public struct SanitizingError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// The reserved ranges have too few stand-ins.
        case exhausted
        /// A value cannot be replaced at its place.
        case irreplaceable
        /// A value is left in the output.
        case residue
        /// A scan of the output finds something.
        case found
        /// A file would no longer parse like its original.
        case malformed
        /// Two files would have the same path.
        case pathCollision
        /// Two parameters would have the same name.
        case ambiguousName
        /// A file's existing parameters cannot be read.
        case malformedParameters
    }

    /// The reason.
    public var code: Code
    /// The file; nil if the error is about the whole tree.
    public var place: String?
    /// The problem, in one lower-case sentence without values.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, at place: String? = nil, _ message: String) {
        self.code = code
        self.place = place
        self.message = message
    }

    /// Returns the same error; if the reserved ranges were too small, it names the file with the most values.
    func naming(fileWithMost values: [(path: String, count: Int)]) -> SanitizingError {
        guard code == .exhausted, let most = values.max(by: { $0.count < $1.count }) else { return self }
        return SanitizingError(code, at: most.path, message + "; most values are in this file")
    }
}
