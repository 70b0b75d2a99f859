extension JSONValue {
    /// Reads the value as an object whose members must all be requested, so that an unknown name is noticed.
    ///
    /// - Throws: ``DocumentError`` with code `malformed` if it is not an object, a name of `required` is missing, or a
    ///   name is in neither list.
    public func members(
        required: [String],
        optional: [String] = [],
        of what: String
    ) throws(DocumentError) -> [String: JSONValue] {
        guard case .object(let members) = self else { throw DocumentError(.malformed, "\(what) is not an object") }
        var found: [String: JSONValue] = [:]
        for member in members {
            guard required.contains(member.name) || optional.contains(member.name) else {
                throw DocumentError(.malformed, "\(what) has an unknown member")
            }
            found[member.name] = member.value
        }
        for name in required where found[name] == nil {
            throw DocumentError(.malformed, "\(what) lacks the member '\(name)'")
        }
        return found
    }

    /// Reads a string; throws `malformed` if the value is something else.
    public func string(of what: String) throws(DocumentError) -> String {
        guard case .string(let value) = self else { throw DocumentError(.malformed, "\(what) is not a string") }
        return value
    }

    /// Reads a number; throws `malformed` if the value is something else.
    public func integer(of what: String) throws(DocumentError) -> Int {
        guard case .integer(let value) = self else { throw DocumentError(.malformed, "\(what) is not a whole number") }
        return value
    }

    /// Reads the elements of an array; throws `malformed` if the value is something else.
    public func array(of what: String) throws(DocumentError) -> [JSONValue] {
        guard case .array(let value) = self else { throw DocumentError(.malformed, "\(what) is not an array") }
        return value
    }
}
