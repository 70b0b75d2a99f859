/// A value in a text, with the keys that lead to it.
public struct AddressedValue: Hashable, Sendable {
    /// The role of a value in its text.
    public enum Role: Hashable, Sendable {
        /// The value of a setting.
        case value
        /// The value of a setting that is commented out.
        case comment
        /// The name of a setting.
        case key
    }

    /// The keys from the root of the text to the value; list indexes are decimal numbers.
    public var keyPath: [String] {
        get { address?.keyPath ?? [] }
        set { address = Address.of(newValue) }
    }
    /// The bytes in the layer's text that spell the value, without quotes.
    public var span: Span
    /// The encoding of the bytes.
    public var encoding: Encoding
    /// The role of the value in its text.
    public var role: Role
    /// The keys, shared with neighbouring values; nil for a text that is one bare value.
    var address: Address?

    /// Makes an addressed value.
    public init(keyPath: [String], span: Span, encoding: Encoding, role: Role = .value) {
        self.init(address: Address.of(keyPath), span: span, encoding: encoding, role: role)
    }

    /// Makes an addressed value with a shared address.
    init(address: Address?, span: Span, encoding: Encoding, role: Role = .value) {
        self.address = address
        self.span = span
        self.encoding = encoding
        self.role = role
    }

    /// The innermost key; nil for a text that is one bare value.
    public var key: String? { address?.key }

    /// Whether two values have the same keys, span, encoding and role.
    public static func == (left: AddressedValue, right: AddressedValue) -> Bool {
        left.span == right.span && left.encoding == right.encoding && left.role == right.role
            && left.keyPath == right.keyPath
    }

    /// Hashes the keys, the span, the encoding and the role.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(span)
        hasher.combine(encoding)
        hasher.combine(role)
        hasher.combine(keyPath)
    }
}
