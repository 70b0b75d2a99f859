// Looks up values in JSON from other programs, where missing values and values of another type are treated alike.

extension JSONValue {
    /// The member with that name; nil if the value is not an object, or has no such member.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string or a number; nil for anything else.
    package var scalar: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        default: nil
        }
    }

    /// The elements of an array; empty for anything else.
    package var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The members of an object; empty for anything else.
    package var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The whole number that the value is, or that its text spells; nil for anything else.
    package var number: Int? { scalar.flatMap(Int.init) }

    /// Whether the value is `true`.
    package var isTrue: Bool { self == .bool(true) }

    /// Whether the value is empty: null, or an empty text, list or object.
    package var isEmpty: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let members): members.isEmpty
        case .bool, .integer: false
        }
    }
}
