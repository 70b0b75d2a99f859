/// The encoding of values in Docker Compose's dotenv files.
///
/// The rules are those of compose-go, `dotenv/parser.go` and `template/template.go`. First, quotes are removed; then,
/// in double quotes, the escapes `\a \b \f \n \r \t \v \\ \" \$ \0ooo` are decoded; then, except in single quotes,
/// `$NAME` and `${NAME…}` are interpolated, and `$$` is a dollar sign. Here interpolations stay literal.
enum DotenvCodec {
    // MARK: - Decoding

    static func decodeUnquoted(_ raw: ArraySlice<UInt8>) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            let dollar = raw[index...].firstIndex(of: .dollar) ?? raw.endIndex
            text.append(raw, index..<dollar)
            guard dollar < raw.endIndex else { break }
            index = decodeDollar(raw, at: dollar, into: &text)
        }
        return text
    }

    static func decodeSingleQuoted(_ raw: ArraySlice<UInt8>) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            let escape = raw[index...].firstIndex(of: .backslash) ?? raw.endIndex
            text.append(raw, index..<escape)
            guard escape < raw.endIndex else { break }
            let end = min(escape + 2, raw.endIndex)
            if end == escape + 2, raw[escape + 1] == .singleQuote {
                text.append(CollectionOfOne(.singleQuote), for: escape..<end)
            } else {
                text.append(raw, escape..<end)
            }
            index = end
        }
        return text
    }

    static func decodeDoubleQuoted(_ raw: ArraySlice<UInt8>) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            let special = raw[index...].firstIndex { $0 == .backslash || $0 == .dollar } ?? raw.endIndex
            text.append(raw, index..<special)
            guard special < raw.endIndex else { break }
            if raw[special] == .dollar {
                index = decodeDollar(raw, at: special, into: &text)
            } else {
                index = decodeEscape(raw, at: special, into: &text)
            }
        }
        return text
    }

    private static func decodeDollar(_ raw: ArraySlice<UInt8>, at start: Int, into text: inout DecodedText) -> Int {
        let end = start + 2
        if end <= raw.endIndex, raw[start + 1] == .dollar {
            text.append(CollectionOfOne(.dollar), for: start..<end)
            return end
        }
        text.append(raw, start..<(start + 1))
        return start + 1
    }

    private static func decodeEscape(_ raw: ArraySlice<UInt8>, at start: Int, into text: inout DecodedText) -> Int {
        let end = min(start + 2, raw.endIndex)
        guard end == start + 2 else {
            text.append(raw, start..<end)
            return end
        }
        if let byte = escapes[raw[start + 1]] {
            text.append(CollectionOfOne(byte), for: start..<end)
            return end
        }
        if raw[start + 1] == UInt8(ascii: "0"), let scalar = octal(raw, at: end) {
            text.append(scalar, for: start..<(end + 3))
            return end + 3
        }
        text.append(raw, start..<end)
        return end
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): .tab, UInt8(ascii: "n"): .newline,
        UInt8(ascii: "v"): 0x0B, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "r"): .carriageReturn,
        .backslash: .backslash, .doubleQuote: .doubleQuote, .dollar: .dollar,
    ]

    /// The character with the three octal digits at `start`, at most 255.
    private static func octal(_ raw: ArraySlice<UInt8>, at start: Int) -> Unicode.Scalar? {
        guard start + 3 <= raw.endIndex else { return nil }
        var number = 0
        for digit in raw[start..<(start + 3)] {
            guard (0x30...0x37).contains(digit) else { return nil }
            number = number * 8 + Int(digit - 0x30)
        }
        return UInt8(exactly: number).map { Unicode.Scalar($0) }
    }

    // MARK: - Encoding

    static func encodeUnquoted(_ value: [UInt8]) throws(DocumentError) -> [UInt8] {
        if let first = value.first, let last = value.last {
            guard !first.isWhitespace, !last.isWhitespace else {
                throw .unrepresentable(at: 0, "an unquoted dotenv value cannot begin or end with white space")
            }
            guard first != .doubleQuote, first != .singleQuote else {
                throw .unrepresentable(at: 0, "an unquoted dotenv value cannot begin with a quote")
            }
        }
        for (index, byte) in value.enumerated() {
            guard byte != .newline, byte != 0 else {
                throw .unrepresentable(at: index, "an unquoted dotenv value cannot hold a line break or a NUL")
            }
            guard byte != .hash || index == 0 || value[index - 1] != .space else {
                throw .unrepresentable(at: index, "a space and # begin a comment in an unquoted dotenv value")
            }
        }
        return escapingDollars(value, as: [.dollar, .dollar])
    }

    static func encodeSingleQuoted(_ value: [UInt8]) throws(DocumentError) -> [UInt8] {
        var spelling: [UInt8] = []
        for (index, byte) in value.enumerated() {
            guard byte != 0 else { throw .unrepresentable(at: index, "an environment value cannot hold a NUL") }
            if byte == .singleQuote { spelling.append(.backslash) }
            spelling.append(byte)
        }
        // Backslashes form pairs; an odd one would escape the closing quote.
        guard value.reversed().prefix(while: { $0 == .backslash }).count.isMultiple(of: 2) else {
            throw .unrepresentable(at: value.count, "a single-quoted dotenv value cannot end with a backslash")
        }
        return spelling
    }

    static func encodeDoubleQuoted(_ value: [UInt8], like raw: ArraySlice<UInt8>?) throws(DocumentError) -> [UInt8] {
        let keepsLineBreaks = raw?.contains(.newline) ?? false
        var escaped: [UInt8] = []
        for (index, byte) in value.enumerated() {
            switch byte {
            case 0: throw .unrepresentable(at: index, "an environment value cannot hold a NUL")
            case .doubleQuote, .backslash: escaped += [.backslash, byte]
            case .newline where !keepsLineBreaks: escaped += [.backslash, UInt8(ascii: "n")]
            case .carriageReturn: escaped += [.backslash, UInt8(ascii: "r")]
            default: escaped.append(byte)
            }
        }
        return escapingDollars(escaped, as: [.backslash, .dollar])
    }

    /// Escapes each dollar sign that begins, or in combination with the text after the value might begin, an
    /// interpolation.
    private static func escapingDollars(_ value: [UInt8], as escape: [UInt8]) -> [UInt8] {
        guard value.contains(.dollar) else { return value }
        var spelling: [UInt8] = []
        for (index, byte) in value.enumerated() {
            guard byte == .dollar else {
                spelling.append(byte)
                continue
            }
            let next = index + 1 < value.count ? value[index + 1] : nil
            let isHarmless =
                next.map { !$0.isLetter && $0 != .underscore && $0 != .openBrace && $0 != .dollar } ?? false
            if isHarmless { spelling.append(byte) } else { spelling += escape }
        }
        return spelling
    }
}
