extension ResidueCheck {
    /// A value that must not be left.
    public struct Value: Sendable {
        /// The name of the value for messages.
        public var label: String
        /// The value's bytes.
        public var bytes: [UInt8]
        /// Whether letter case does not matter.
        public var ignoresCase: Bool
        /// What must not be adjacent; otherwise it is a different value.
        public var boundary: Boundary
        /// Whether it is a secret or as bad, so that a non-secret value does not cover it.
        public var isSecret: Bool
        /// The rule that found it, for messages; nil if none did.
        public var rule: String?
        /// Whether its owner has named it, so that it counts everywhere.
        public var isOfOwner = false

        /// Makes a value.
        public init(
            label: String,
            bytes: [UInt8],
            ignoresCase: Bool,
            boundary: Boundary,
            isSecret: Bool = false,
            rule: String? = nil
        ) {
            self.isSecret = isSecret
            self.rule = rule
            self.label = label
            self.bytes = bytes
            self.ignoresCase = ignoresCase
            self.boundary = boundary
        }
    }

    /// A value that stays, including everything in it.
    public struct Kept: Sendable {
        /// The value.
        public var value: Value
        /// The files in which it stays; nil for all.
        public var paths: Set<String>?

        /// Makes a value that stays.
        public init(_ value: Value, in paths: Set<String>? = nil) {
            self.value = value
            self.paths = paths
        }
    }

    /// The adjacent text that makes a value a different one.
    public enum Boundary: Hashable, Sendable {
        /// Any text may be adjacent.
        case none
        /// The value never counts: it is too common a word to search for.
        case never
        /// No letter, digit or underscore.
        case word
        /// The same, and the domain that begins with it is not that of a public service or of a program's home page.
        case label
        /// No letter, digit or hyphen, and after it no dot with a letter or digit.
        case domain
        /// No digit, and no dot next to a digit.
        case ipv4Address
        /// No hexadecimal digit, and no colon next to one.
        case colonAddress
    }
}
