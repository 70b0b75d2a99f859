// Looks into JSON that somebody else writes, where what is missing, or of another type, is simply not there.

extension JSONValue {
    /// The member of that name, where the value is an object that has it.
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

    /// The elements of an array; none for anything else.
    package var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The members of an object; none for anything else.
    package var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The whole number that the value is or spells.
    package var number: Int? { scalar.flatMap(Int.init) }

    /// Whether the value is `true`.
    package var isTrue: Bool { self == .bool(true) }

    /// Whether the value says nothing: null, an empty text, list or object.
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
