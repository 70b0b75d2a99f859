/// The encodings of table fields that can be quoted or escaped.
enum FieldCodec {
    // MARK: - CSV, RFC 4180 section 2

    static func decodeCSV(_ raw: ArraySlice<UInt8>) throws(DocumentError) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while let quote = raw[index...].firstIndex(of: .doubleQuote) {
            guard quote + 1 < raw.endIndex, raw[quote + 1] == .doubleQuote else {
                throw DocumentError(.malformed, at: Span(quote, quote + 1), "a quoted field ends early")
            }
            text.append(raw, index..<quote)
            text.append(CollectionOfOne(.doubleQuote), for: quote..<(quote + 2))
            index = quote + 2
        }
        text.append(raw, index..<raw.endIndex)
        return text
    }

    static func encodeCSV(_ value: [UInt8]) throws(DocumentError) -> [UInt8] {
        if let index = value.firstIndex(of: 0) { throw .unrepresentable(at: index, "a table cannot hold a NUL") }
        return value.flatMap { $0 == .doubleQuote ? [.doubleQuote, .doubleQuote] : [$0] }
    }

    // MARK: - PostgreSQL's password file, documentation section "The Password File"

    static func decodePgpass(_ raw: ArraySlice<UInt8>) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while let escape = raw[index...].firstIndex(of: .backslash), escape + 1 < raw.endIndex {
            text.append(raw, index..<escape)
            text.append(CollectionOfOne(raw[escape + 1]), for: escape..<(escape + 2))
            index = escape + 2
        }
        text.append(raw, index..<raw.endIndex)
        return text
    }

    static func encodePgpass(_ value: [UInt8]) throws(DocumentError) -> [UInt8] {
        if let index = value.firstIndex(where: { $0.isLineBreak || $0 == 0 }) {
            throw .unrepresentable(at: index, "a field of a table cannot hold a line break or a NUL")
        }
        return value.flatMap { $0 == .colon || $0 == .backslash ? [.backslash, $0] : [$0] }
    }
}
