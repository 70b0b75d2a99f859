/// Hexadecimal digits, two per byte, in one letter case.
enum HexCodec {
    static func decode(_ raw: ArraySlice<UInt8>) throws(DocumentError) -> DecodedText {
        guard raw.count.isMultiple(of: 2) else {
            throw malformed(raw, "the number of hexadecimal digits is odd")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(raw.count / 2)
        var index = raw.startIndex
        while index < raw.endIndex {
            guard let high = raw[index].hexValue, let low = raw[index + 1].hexValue else {
                throw malformed(raw, "a byte is not a hexadecimal digit")
            }
            bytes.append(high << 4 | low)
            index += 2
        }
        guard encode(bytes, like: raw).elementsEqual(raw) else {
            throw malformed(raw, "hexadecimal digits in mixed letter case cannot be encoded again")
        }
        return DecodedText(opaque: bytes, spelledBy: raw)
    }

    static func encode(_ value: [UInt8], like raw: ArraySlice<UInt8>?) -> [UInt8] {
        let uppercase = raw?.contains { (0x41...0x46).contains($0) } ?? false
        var digits: [UInt8] = []
        digits.reserveCapacity(value.count * 2)
        for byte in value {
            digits.append(.hexDigit(byte >> 4, uppercase: uppercase))
            digits.append(.hexDigit(byte & 15, uppercase: uppercase))
        }
        return digits
    }

    private static func malformed(_ raw: ArraySlice<UInt8>, _ message: String) -> DocumentError {
        DocumentError(.malformed, at: Span(raw.startIndex, raw.endIndex), message)
    }
}
