/// The binary form of macaroons, version 2, as libmacaroons writes it.
enum Macaroon {
    /// Whether `base64` is a whole macaroon: an identifier, any number of caveats, and a signature of 32 bytes at the end.
    static func isWhole(base64: some Sequence<UInt8>) -> Bool {
        guard let bytes = Base64Text.decode(base64), bytes.first == 2 else { return false }
        var rest = bytes.dropFirst()
        guard let head = section(&rest), head.contains(.identifier) else { return false }
        while let caveat = section(&rest), !caveat.isEmpty {
            guard caveat.contains(.identifier) else { return false }
        }
        return field(&rest).map { $0.type == .signature && $0.count == 32 } == true && rest.isEmpty
    }

    private enum FieldType: Int {
        case location = 1
        case identifier = 2
        case verification = 4
        case signature = 6
    }

    /// The types of the fields up to the end of a section; nil where the section is not closed.
    private static func section(_ rest: inout ArraySlice<UInt8>) -> [FieldType]? {
        var types: [FieldType] = []
        while rest.first != 0 {
            guard let field = field(&rest) else { return nil }
            types.append(field.type)
        }
        rest = rest.dropFirst()
        return types
    }

    /// The type and the size of the next field; nil where there is none.
    private static func field(_ rest: inout ArraySlice<UInt8>) -> (type: FieldType, count: Int)? {
        guard let type = number(&rest).flatMap(FieldType.init(rawValue:)), let count = number(&rest),
            count <= rest.count
        else { return nil }
        rest = rest.dropFirst(count)
        return (type, count)
    }

    /// A number of at most 28 bits, seven to a byte, the least first.
    private static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
        var value = 0
        for shift in stride(from: 0, to: 28, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= Int(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
