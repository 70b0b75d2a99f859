/// Quoted-printable (RFC 2045 section 6.7): `=40` for a byte, and an equals sign before a soft line break, which is not
/// part of the text.
enum QuotedPrintableCodec {
    /// Decodes a part of a mail.
    ///
    /// An equals sign that does not begin an escape is literal, and so are escapes of non-ASCII bytes if the result is
    /// not valid UTF-8.
    static func decode(_ raw: ArraySlice<UInt8>) -> DecodedText {
        let text = decode(raw, upTo: 0xFF)
        return String(validating: text.bytes, as: UTF8.self) != nil ? text : decode(raw, upTo: 0x7F)
    }

    private static func decode(_ raw: ArraySlice<UInt8>, upTo last: UInt8) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            let start = raw[index...].firstIndex(of: .equals) ?? raw.endIndex
            text.append(raw, index..<start)
            guard start < raw.endIndex else { break }
            if let end = softBreak(at: start, in: raw) {
                text.append([], for: start..<end)
                index = end
            } else if let byte = escaped(at: start, in: raw), byte <= last {
                text.append(CollectionOfOne(byte), for: start..<(start + 3))
                index = start + 3
            } else {
                text.append(raw, start..<(start + 1))
                index = start + 1
            }
        }
        return text
    }

    private static func escaped(at start: Int, in raw: ArraySlice<UInt8>) -> UInt8? {
        guard start + 2 < raw.endIndex, let high = raw[start + 1].hexValue, let low = raw[start + 2].hexValue else {
            return nil
        }
        return high << 4 | low
    }

    /// The end of the soft line break at `start`; nil if there is none.
    private static func softBreak(at start: Int, in raw: ArraySlice<UInt8>) -> Int? {
        let blanksEnd = raw[(start + 1)...].firstIndex { !$0.isBlank } ?? raw.endIndex
        guard blanksEnd < raw.endIndex, raw[blanksEnd].isLineBreak else { return nil }
        let isPair = raw[blanksEnd] == .carriageReturn && blanksEnd + 1 < raw.endIndex && raw[blanksEnd + 1] == .newline
        return blanksEnd + (isPair ? 2 : 1)
    }

    /// Encodes a value.
    ///
    /// If the old encoded text contained a soft line break, the new one starts with it, so that no line grows too long.
    static func encode(_ value: [UInt8], like raw: ArraySlice<UInt8>?) -> [UInt8] {
        var spelling: [UInt8] = []
        var known: [UInt8: ArraySlice<UInt8>] = [:]
        if let raw {
            known = decode(raw).escapes(in: raw, startingWith: [.equals])
            let breaks = raw.indices.lazy.compactMap { start in
                raw[start] == .equals ? softBreak(at: start, in: raw).map { raw[start..<$0] } : nil
            }
            spelling += breaks.first ?? []
        }
        for byte in value {
            if let escape = known[byte] {
                spelling += escape
            } else if byte == .equals || byte >= 0x7F || byte < 0x20 && !byte.isWhitespace {
                spelling += [.equals, .hexDigit(byte >> 4, uppercase: true), .hexDigit(byte & 15, uppercase: true)]
            } else {
                spelling.append(byte)
            }
        }
        return spelling
    }
}
