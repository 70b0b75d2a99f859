/// An LDIF value on several lines (RFC 2849 note 2), in which a line break followed by a space means nothing.
enum LDIFCodec {
    static func decode(_ raw: ArraySlice<UInt8>) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        var search = index
        while let lineFeed = raw[search...].firstIndex(of: .newline) {
            search = lineFeed + 1
            guard search < raw.endIndex, raw[search] == .space else { continue }
            let isPair = lineFeed > index && raw[lineFeed - 1] == .carriageReturn
            let start = isPair ? lineFeed - 1 : lineFeed
            text.append(raw, index..<start)
            text.append(EmptyCollection(), for: start..<(lineFeed + 2))
            index = lineFeed + 2
            search = index
        }
        text.append(raw, index..<raw.endIndex)
        return text
    }

    /// Encodes a value on one line, because a line may have any length.
    static func encode(_ value: [UInt8]) throws(DocumentError) -> [UInt8] {
        if let index = value.firstIndex(where: { $0.isLineBreak || $0 == 0 }) {
            throw .unrepresentable(at: index, "a value of LDIF cannot hold a line break or a NUL")
        }
        if let first = value.first, [.space, .colon, .lessThan].contains(first) {
            throw .unrepresentable(at: 0, "a value of LDIF cannot begin with a space, a colon or `<`")
        }
        return value
    }
}
