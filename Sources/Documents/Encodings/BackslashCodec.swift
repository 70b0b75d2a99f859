/// The quoting of languages that use a backslash for escapes.
struct BackslashCodec {
    /// The meaning of a language's escapes.
    enum Dialect {
        /// RFC 8259 section 7.
        ///
        /// Any other escape is malformed.
        case json
        /// The common subset of Lua, HOCON, HCL, Python, JavaScript and nginx.
        ///
        /// A numeric escape without `x` or `u` is decimal in Lua and octal in Python, so it is left undecoded, like any
        /// other unknown escape.
        case common
        /// `java.util.Properties.load`: an unknown escape means its second character.
        case properties
        /// POSIX shell, section 2.2.3: a backslash escapes `$`, a backtick, `"`, `\` and a line break.
        case shell
    }

    let dialect: Dialect
    /// The characters that must be escaped, in addition to control characters.
    let reserved: [UInt8]

    static let json = BackslashCodec(dialect: .json, reserved: [.doubleQuote, .backslash])
    static let doubleQuoted = BackslashCodec(dialect: .common, reserved: [.doubleQuote, .backslash])
    static let singleQuoted = BackslashCodec(dialect: .common, reserved: [.singleQuote, .backslash])
    static let properties = BackslashCodec(dialect: .properties, reserved: [.backslash])
    static let shell = BackslashCodec(dialect: .shell, reserved: [.doubleQuote, .backslash, .dollar, .backtick])

    func decode(_ raw: ArraySlice<UInt8>) throws(DocumentError) -> DecodedText {
        var text = DecodedText(startingAt: raw.startIndex, capacity: raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            guard let escape = raw[index...].firstIndex(of: .backslash) else {
                text.append(raw, index..<raw.endIndex)
                break
            }
            text.append(raw, index..<escape)
            index = try decodeEscape(raw, at: escape, into: &text)
        }
        return text
    }

    /// Decodes the escape at `start` and returns the index after it.
    private func decodeEscape(
        _ raw: ArraySlice<UInt8>,
        at start: Int,
        into text: inout DecodedText
    ) throws(DocumentError) -> Int {
        guard start + 1 < raw.endIndex else {
            guard dialect != .json else { throw malformed(start..<raw.endIndex) }
            text.append(raw, start..<raw.endIndex)
            return raw.endIndex
        }
        let byte = raw[start + 1]
        let end = start + 2
        if let simple = simpleEscape(byte) {
            text.append(CollectionOfOne(simple), for: start..<end)
            return end
        }
        switch (dialect, byte) {
        case (.json, UInt8(ascii: "u")), (.common, UInt8(ascii: "u")), (.properties, UInt8(ascii: "u")):
            if let (scalar, next) = unicodeEscape(raw, at: start) {
                text.append(scalar, for: start..<next)
                return next
            }
        case (.common, UInt8(ascii: "U")):
            if start + 10 <= raw.endIndex, let value = hexNumber(raw[end..<(start + 10)]),
                let scalar = Unicode.Scalar(value)
            {
                text.append(scalar, for: start..<(start + 10))
                return start + 10
            }
        case (.common, UInt8(ascii: "x")):
            if end + 1 < raw.endIndex, let high = raw[end].hexValue, let low = raw[end + 1].hexValue, high < 8 {
                text.append(CollectionOfOne(high << 4 | low), for: start..<(end + 2))
                return end + 2
            }
        case (.shell, .newline), (.properties, .newline), (.properties, .carriageReturn), (.shell, .carriageReturn):
            if let next = continuation(raw, at: start) {
                text.append(EmptyCollection(), for: start..<next)
                return next
            }
        case (.properties, _):
            text.append(CollectionOfOne(byte), for: start..<end)
            return end
        default:
            break
        }
        guard dialect != .json else { throw malformed(start..<end) }
        text.append(raw, start..<end)
        return end
    }

    func simpleEscape(_ byte: UInt8) -> UInt8? {
        if dialect == .shell { return reserved.contains(byte) ? byte : nil }
        return switch byte {
        case UInt8(ascii: "n"): .newline
        case UInt8(ascii: "r"): .carriageReturn
        case UInt8(ascii: "t"): .tab
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "b") where dialect != .properties: 0x08
        case UInt8(ascii: "a") where dialect == .common: 0x07
        case UInt8(ascii: "v") where dialect == .common: 0x0B
        case .backslash, .doubleQuote, .slash: byte
        case .singleQuote where dialect == .common: byte
        default: nil
        }
    }

    /// Reads `\uXXXX`, including surrogate pairs, and in the common dialect `\u{X…}`.
    private func unicodeEscape(_ raw: ArraySlice<UInt8>, at start: Int) -> (Unicode.Scalar, Int)? {
        if dialect == .common, start + 2 < raw.endIndex, raw[start + 2] == .openBrace {
            let limit = min(raw.endIndex, start + 12)
            guard let close = raw[(start + 3)..<limit].firstIndex(of: .closeBrace), close > start + 3 else {
                return nil
            }
            guard let value = hexNumber(raw[(start + 3)..<close]), let scalar = Unicode.Scalar(value) else {
                return nil
            }
            return (scalar, close + 1)
        }
        guard start + 6 <= raw.endIndex, let unit = hexNumber(raw[(start + 2)..<(start + 6)]) else { return nil }
        if let scalar = Unicode.Scalar(unit) { return (scalar, start + 6) }
        // A surrogate: only a high one followed by a low one is a character.
        guard (0xD800...0xDBFF).contains(unit), start + 12 <= raw.endIndex,
            raw[start + 6] == .backslash, raw[start + 7] == UInt8(ascii: "u"),
            let low = hexNumber(raw[(start + 8)..<(start + 12)]), (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else {
            // A lone surrogate, which JSON allows, has no UTF-8.
            return dialect == .json ? ("\u{FFFD}", start + 6) : nil
        }
        return (scalar, start + 12)
    }

    private func hexNumber(_ digits: ArraySlice<UInt8>) -> UInt32? {
        var number: UInt32 = 0
        for digit in digits {
            guard let value = digit.hexValue, number < 0x1000_0000 else { return nil }
            number = number << 4 | UInt32(value)
        }
        return number
    }

    /// The end of the line break of a continued line; in properties, including the blanks at the start of the next
    /// line.
    private func continuation(_ raw: ArraySlice<UInt8>, at start: Int) -> Int? {
        var index = start + 1
        if raw[index] == .carriageReturn {
            index += 1
            if index < raw.endIndex, raw[index] == .newline {
                index += 1
            } else if dialect == .shell {
                return nil
            }
        } else {
            index += 1
        }
        guard dialect == .properties else { return index }
        while index < raw.endIndex, raw[index].isBlank || raw[index] == 0x0C { index += 1 }
        return index
    }

    private func malformed(_ range: Range<Int>) -> DocumentError {
        DocumentError(
            .malformed,
            at: Span(range.lowerBound, range.upperBound),
            "a string has an escape that JSON lacks"
        )
    }
}
