internal import Documents

/// The binary form of macaroons, version 2, as written by libmacaroons.
enum Macaroon {
    /// Whether `base64` is a complete macaroon: an identifier, any number of caveats, and a final signature of 32
    /// bytes.
    static func isWhole(base64: some Sequence<UInt8>) -> Bool {
        guard let bytes = Base64Codec.bytes(ofDigits: Array(base64)[...]), bytes.first == 2 else { return false }
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

    /// Reads the field types of a section; nil if the section is not closed.
    private static func section(_ rest: inout ArraySlice<UInt8>) -> [FieldType]? {
        var types: [FieldType] = []
        while rest.first != 0 {
            guard let field = field(&rest) else { return nil }
            types.append(field.type)
        }
        rest = rest.dropFirst()
        return types
    }

    /// Reads the type and size of the next field; nil if there is none.
    private static func field(_ rest: inout ArraySlice<UInt8>) -> (type: FieldType, count: Int)? {
        guard let type = number(&rest).flatMap(FieldType.init(rawValue:)), let count = number(&rest),
            count <= rest.count
        else { return nil }
        rest = rest.dropFirst(count)
        return (type, count)
    }

    /// Reads a number of at most 28 bits, seven in each byte, the least significant first.
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
