/// The encodings of YAML scalars, as libyaml reads them (`src/scanner.c`).
enum YAMLCodec {
    static func decodePlain(_ raw: ArraySlice<UInt8>) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            index = appendFolding(raw, from: index, into: &text) { _ in false }
        }
        return text
    }

    static func decodeSingleQuoted(_ raw: ArraySlice<UInt8>) throws(DocumentError) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            index = appendFolding(raw, from: index, into: &text) { $0 == .singleQuote }
            guard index < raw.endIndex, raw[index] == .singleQuote else { continue }
            guard index + 1 < raw.endIndex, raw[index + 1] == .singleQuote else {
                throw DocumentError(.malformed, at: Span(index, index + 1), "a single-quoted scalar ends early")
            }
            text.append(CollectionOfOne(.singleQuote), for: index..<(index + 2))
            index += 2
        }
        return text
    }

    static func decodeDoubleQuoted(_ raw: ArraySlice<UInt8>) throws(DocumentError) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            index = appendFolding(raw, from: index, into: &text) { $0 == .backslash || $0 == .doubleQuote }
            guard index < raw.endIndex else { break }
            if raw[index] == .backslash {
                index = try appendEscape(raw, at: index, into: &text)
            } else if raw[index] == .doubleQuote {
                throw DocumentError(.malformed, at: Span(index, index + 1), "a double-quoted scalar ends early")
            }
        }
        return text
    }

    static func decodeLiteral(_ raw: ArraySlice<UInt8>, indent: Int) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            let lineBreak = raw[index...].firstIndex(where: \.isLineBreak) ?? raw.endIndex
            text.append(raw, index..<lineBreak)
            guard lineBreak < raw.endIndex else { break }
            index = skipIndentation(raw, from: skipLineBreak(raw, at: lineBreak), indent: indent)
            text.append(CollectionOfOne(.newline), for: lineBreak..<index)
        }
        return text
    }

    static func decodeFolded(_ raw: ArraySlice<UInt8>, indent: Int) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        var previousIsIndented: Bool?
        while index < raw.endIndex {
            if !raw[index].isLineBreak {
                let end = raw[index...].firstIndex(where: \.isLineBreak) ?? raw.endIndex
                previousIsIndented = raw[index].isBlank
                text.append(raw, index..<end)
                index = end
                continue
            }
            let start = index
            var breaks = 0
            while index < raw.endIndex, raw[index].isLineBreak {
                index = skipIndentation(raw, from: skipLineBreak(raw, at: index), indent: indent)
                breaks += 1
            }
            let nextIsIndented = index < raw.endIndex && raw[index].isBlank
            if let previousIsIndented, !previousIsIndented, !nextIsIndented {
                text.append(breaks == 1 ? [.space] : Array(repeating: .newline, count: breaks - 1), for: start..<index)
            } else {
                text.append(Array(repeating: .newline, count: breaks), for: start..<index)
            }
        }
        return text
    }

    /// Appends the bytes before the next one for which `stops` is true, and folds line breaks.
    ///
    /// A single line break becomes a space, together with the blanks around it; of several line breaks, the first is
    /// dropped.
    ///
    /// - Returns: The index of the stopping byte, or of a point to continue from.
    private static func appendFolding(
        _ raw: ArraySlice<UInt8>,
        from start: Int,
        into text: inout DecodedText,
        stops: (UInt8) -> Bool
    ) -> Int {
        var index = start
        var blanksStart = start
        while index < raw.endIndex, !stops(raw[index]), !raw[index].isLineBreak {
            index += 1
            if !raw[index - 1].isBlank { blanksStart = index }
        }
        guard index < raw.endIndex, raw[index].isLineBreak else {
            text.append(raw, start..<index)
            return index
        }
        text.append(raw, start..<blanksStart)
        let (breaks, end) = skipBreaks(raw, from: index)
        text.append(breaks == 1 ? [.space] : Array(repeating: .newline, count: breaks - 1), for: blanksStart..<end)
        return end
    }

    /// Decodes the escape at `start` (YAML 1.1 section 5.6), and returns the index after it.
    private static func appendEscape(
        _ raw: ArraySlice<UInt8>,
        at start: Int,
        into text: inout DecodedText
    ) throws(DocumentError) -> Int {
        let malformed = DocumentError(.malformed, at: Span(start, start + 1), "a scalar has an escape that YAML lacks")
        guard start + 1 < raw.endIndex else { throw malformed }
        let byte = raw[start + 1]
        if byte.isLineBreak {
            let (breaks, end) = skipBreaks(raw, from: start + 1)
            text.append(Array(repeating: .newline, count: breaks - 1), for: start..<end)
            return end
        }
        let digits: Int
        switch byte {
        case UInt8(ascii: "x"): digits = 2
        case UInt8(ascii: "u"): digits = 4
        case UInt8(ascii: "U"): digits = 8
        default:
            guard let scalar = escapes[byte] else { throw malformed }
            text.append(scalar, for: start..<(start + 2))
            return start + 2
        }
        let end = start + 2 + digits
        guard end <= raw.endIndex else { throw malformed }
        var number: UInt32 = 0
        for digit in raw[(start + 2)..<end] {
            guard let value = digit.hexValue else { throw malformed }
            number = number << 4 | UInt32(value)
        }
        guard let scalar = Unicode.Scalar(number) else { throw malformed }
        text.append(scalar, for: start..<end)
        return end
    }

    static let escapes: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "t"): "\t",
        .tab: "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}", UInt8(ascii: "f"): "\u{C}",
        UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}", .space: " ", .doubleQuote: "\"", .slash: "/",
        .backslash: "\\", UInt8(ascii: "N"): "\u{85}", .underscore: "\u{A0}", UInt8(ascii: "L"): "\u{2028}",
        UInt8(ascii: "P"): "\u{2029}",
    ]

    private static func skipLineBreak(_ raw: ArraySlice<UInt8>, at index: Int) -> Int {
        let isPair = raw[index] == .carriageReturn && index + 1 < raw.endIndex && raw[index + 1] == .newline
        return index + (isPair ? 2 : 1)
    }

    private static func skipIndentation(_ raw: ArraySlice<UInt8>, from start: Int, indent: Int) -> Int {
        var index = start
        while index < raw.endIndex, index < start + indent, raw[index] == .space { index += 1 }
        return index
    }

    /// Skips line breaks with the blanks after each, and counts them.
    private static func skipBreaks(_ raw: ArraySlice<UInt8>, from start: Int) -> (breaks: Int, end: Int) {
        var index = start
        var breaks = 0
        while index < raw.endIndex, raw[index].isLineBreak {
            index = skipLineBreak(raw, at: index)
            breaks += 1
            while index < raw.endIndex, raw[index].isBlank { index += 1 }
        }
        return (breaks, index)
    }
}
