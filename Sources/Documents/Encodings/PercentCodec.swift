/// Percent-encoding (RFC 3986 section 2.1).
enum PercentCodec {
    /// Whether a byte is unreserved (RFC 3986 section 2.3).
    static func isUnreserved(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte == .dash || byte == .dot || byte == .underscore || byte == UInt8(ascii: "~")
    }

    static func decode(_ raw: ArraySlice<UInt8>) throws(DocumentError) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            let start = raw[index...].firstIndex(of: .percentSign) ?? raw.endIndex
            text.append(raw, index..<start)
            guard start < raw.endIndex else { break }
            guard start + 2 < raw.endIndex, let high = raw[start + 1].hexValue, let low = raw[start + 2].hexValue else {
                throw DocumentError(
                    .malformed,
                    at: Span(start, start + 1),
                    "a percent sign is not followed by two digits"
                )
            }
            text.append(CollectionOfOne(high << 4 | low), for: start..<(start + 3))
            index = start + 3
        }
        return text
    }

    static func encode(_ value: [UInt8], like raw: ArraySlice<UInt8>?) throws(DocumentError) -> [UInt8] {
        var known: [UInt8: ArraySlice<UInt8>] = [:]
        var uppercase = true
        if let raw, raw.contains(.percentSign) {
            known = try decode(raw).escapes(in: raw, startingWith: [.percentSign])
            uppercase = !known.values.contains { $0.contains { (0x61...0x66).contains($0) } }
        }
        var spelling: [UInt8] = []
        for byte in value {
            if let escape = known[byte] {
                spelling += escape
            } else if isUnreserved(byte) || (byte != .percentSign && raw?.contains(byte) ?? false) {
                spelling.append(byte)
            } else {
                spelling.append(.percentSign)
                spelling.append(.hexDigit(byte >> 4, uppercase: uppercase))
                spelling.append(.hexDigit(byte & 15, uppercase: uppercase))
            }
        }
        return spelling
    }
}
