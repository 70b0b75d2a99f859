/// A value of a text with the keys that lead to it.
public struct AddressedValue: Hashable, Sendable {
    /// What part of its text a value is.
    public enum Role: Hashable, Sendable {
        /// The value of a setting.
        case value
        /// The value of a setting that is commented out.
        case comment
        /// The name of a setting itself.
        case key
    }

    /// The keys from the root of the text to the value; list positions are decimal numbers.
    public var keyPath: [String]
    /// The bytes in the layer's text that spell the value, without quotes.
    public var span: Span
    /// How they spell it.
    public var encoding: Encoding
    /// What part of the text it is.
    public var role: Role

    /// Makes an addressed value.
    public init(keyPath: [String], span: Span, encoding: Encoding, role: Role = .value) {
        self.keyPath = keyPath
        self.span = span
        self.encoding = encoding
        self.role = role
    }

    /// The innermost key; nil for a text that is one bare value.
    public var key: String? { keyPath.last }
}
