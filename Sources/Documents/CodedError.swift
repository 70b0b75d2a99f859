/// An error that says why, about what, and what to do, and that is compared by its reason alone.
///
/// A caller decides by ``code``; people read ``message``, which is written once, where it happened.
public protocol CodedError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The closed set of reasons.
    associatedtype Code: Hashable & Sendable

    /// The reason.
    var code: Code { get }
    /// What it is about, such as a path; nil where it is about the whole.
    var subject: String? { get }
    /// What happened, in one lower-case sentence without a secret.
    var message: String { get }
    /// What to do about it; nil where the sentence says it, or nobody knows.
    var hint: String? { get }
}

extension CodedError {
    /// Nothing in particular.
    public var subject: String? { nil }

    /// Nothing in particular.
    public var hint: String? { nil }

    /// Two errors are equal when their codes are.
    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }

    /// Hashes the code alone.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }

    /// What it is about, and what happened.
    public var description: String { subject.map { "\($0): \(message)" } ?? message }
}
