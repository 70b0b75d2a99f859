/// An error with a reason from a closed set, and a sentence for people.
///
/// Programs decide by the code, and two errors are equal when their codes are.
public protocol CodedError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The closed set of reasons.
    associatedtype Code: RawRepresentable<String> & Hashable & Sendable

    /// The reason.
    var code: Code { get }
    /// What it is about, such as a file's path; nil if it is about the whole, or the message says it.
    var place: String? { get }
    /// The problem, in one lower-case sentence without a full stop and without a secret.
    var message: String { get }
    /// The suggested remedy, in a sentence that is true for every caller; nil if there is none.
    var hint: String? { get }
}

extension CodedError {
    /// By default, an error is about the whole.
    public var place: String? { nil }

    /// By default, nothing is suggested.
    public var hint: String? { nil }

    /// The place and the message.
    public var description: String { place.map { "\($0): \(message)" } ?? message }

    /// Two errors are equal when their codes are.
    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }

    /// Hashes the code alone.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
