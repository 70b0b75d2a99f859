/// Character data and attribute values of XML 1.0 (sections 2.4 and 4.1).
///
/// HTML's named references other than XML's five stay literal.
enum XMLCodec {
    private static let named: [(name: StaticString, byte: UInt8)] = [
        ("amp", .ampersand), ("lt", .lessThan), ("gt", .greaterThan), ("quot", .doubleQuote), ("apos", .singleQuote),
    ]

    /// The length of the longest reference, `&#x10FFFF;`.
    private static let longestReference = 10

    static func decode(_ raw: ArraySlice<UInt8>) throws(DocumentError) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            let start = raw[index...].firstIndex(of: .ampersand) ?? raw.endIndex
            text.append(raw, index..<start)
            guard start < raw.endIndex else { break }
            let window = raw[start..<min(raw.endIndex, start + longestReference)]
            if let end = window.firstIndex(of: .semicolon), let scalar = character(raw[(start + 1)..<end]) {
                text.append(scalar, for: start..<(end + 1))
                index = end + 1
            } else {
                text.append(raw, start..<(start + 1))
                index = start + 1
            }
        }
        return text
    }

    static func encode(_ value: [UInt8], like raw: ArraySlice<UInt8>?) throws(DocumentError) -> [UInt8] {
        var known: [UInt8: ArraySlice<UInt8>] = [:]
        if let raw, raw.contains(.ampersand) { known = try decode(raw).escapes(in: raw, startingWith: [.ampersand]) }
        var spelling: [UInt8] = []
        for (index, byte) in value.enumerated() {
            guard !byte.isForeignToText, byte != 0x0C, byte != 0x0B, byte != 0x1B else {
                throw .unrepresentable(at: index, "XML cannot hold a control character")
            }
            if let escape = known[byte] {
                spelling += escape
            } else if let name = named.first(where: { $0.byte == byte })?.name {
                spelling += [.ampersand] + name.withUTF8Buffer { unsafe Array($0) } + [.semicolon]
            } else {
                spelling.append(byte)
            }
        }
        return spelling
    }

    private static func character(_ reference: ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard reference.first == .hash else {
            let match = named.first { entry in entry.name.withUTF8Buffer { unsafe $0.elementsEqual(reference) } }
            return match.map { Unicode.Scalar($0.byte) }
        }
        let digits = reference.dropFirst()
        let isHex = digits.first == UInt8(ascii: "x") || digits.first == UInt8(ascii: "X")
        let number = String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self)
        guard !number.hasPrefix("+"), !number.hasPrefix("-") else { return nil }
        return UInt32(number, radix: isHex ? 16 : 10).flatMap(Unicode.Scalar.init)
    }
}
