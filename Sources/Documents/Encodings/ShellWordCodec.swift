/// A shell word with adjacent quoted and unquoted parts, or with backslashes before single characters.
///
/// Source: POSIX.1-2024, Shell Command Language, section 2.2.
enum ShellWordCodec {
    private static let ansi = BackslashCodec(dialect: .common, reserved: [.singleQuote, .backslash])

    // MARK: - Decoding

    /// Decodes a word; an unclosed quote is literal.
    static func decode(_ raw: ArraySlice<UInt8>) throws(DocumentError) -> DecodedText {
        var bytes: [UInt8] = []
        var index = raw.startIndex
        while index < raw.endIndex {
            if let part = quotedPart(at: index, in: raw) {
                switch part.quote {
                case .single: bytes += raw[part.inside]
                case .double: bytes += try BackslashCodec.shell.decode(raw[part.inside]).bytes
                case .ansi: bytes += try ansi.decode(raw[part.inside]).bytes
                }
                index = part.end
            } else if raw[index] == .backslash, index + 1 < raw.endIndex {
                let lineBreak = lengthOfLineBreak(at: index + 1, in: raw)
                if lineBreak == 0 { bytes.append(raw[index + 1]) }
                index += 1 + max(1, lineBreak)
            } else {
                bytes.append(raw[index])
                index += 1
            }
        }
        return DecodedText(opaque: bytes, spelledBy: raw)
    }

    /// The length of the line break at `index`, which a backslash before it removes; 0 if there is none.
    private static func lengthOfLineBreak(at index: Int, in text: ArraySlice<UInt8>) -> Int {
        if text[index] == .newline { return 1 }
        let isPair = text[index] == .carriageReturn && index + 1 < text.endIndex && text[index + 1] == .newline
        return isPair ? 2 : 0
    }

    // MARK: - Encoding

    /// Encodes a value as one word: unchanged if possible, with backslashes if the old word has no quotes, otherwise in
    /// single quotes.
    static func encode(_ value: [UInt8], like raw: ArraySlice<UInt8>?) throws(DocumentError) -> [UInt8] {
        if let index = value.firstIndex(of: 0) {
            throw .unrepresentable(at: index, "a word of a shell cannot hold a NUL")
        }
        if !value.isEmpty, value.allSatisfy(isPlain) { return value }
        if !value.isEmpty, let raw, let spellings = spellings(in: raw) {
            return value.flatMap { byte -> [UInt8] in
                spellings[byte] ?? (isPlain(byte) ? [byte] : [.backslash, byte])
            }
        }
        let quoted = value.split(separator: .singleQuote, omittingEmptySubsequences: false)
            .map { [.singleQuote] + $0 + [.singleQuote] }
        return Array(quoted.joined(separator: [.backslash, .singleQuote]))
    }

    /// Returns how a word spells each of its bytes, if it quotes them one by one; nil for a word with other quotes.
    ///
    /// This is the style of bash's `printf %q` and zsh's `${(q)}`: a backslash before the byte, or `$'\n'` for a line
    /// break.
    private static func spellings(in raw: ArraySlice<UInt8>) -> [UInt8: [UInt8]]? {
        var spellings: [UInt8: [UInt8]] = [.newline: Array("$'\\n'".utf8), .tab: Array("$'\\t'".utf8)]
        var index = raw.startIndex
        while index < raw.endIndex {
            if let part = quotedPart(at: index, in: raw) {
                guard part.quote == .ansi, let byte = try? ansi.decode(raw[part.inside]).bytes, byte.count == 1 else {
                    return nil
                }
                spellings[byte[0]] = Array(raw[index..<part.end])
                index = part.end
            } else if raw[index] == .backslash, index + 1 < raw.endIndex {
                let lineBreak = lengthOfLineBreak(at: index + 1, in: raw)
                guard lineBreak == 0 else {
                    index += 1 + lineBreak
                    continue
                }
                spellings[raw[index + 1]] = [.backslash, raw[index + 1]]
                index += 2
            } else {
                if spellings[raw[index]] == nil { spellings[raw[index]] = [raw[index]] }
                index += 1
            }
        }
        return spellings
    }

    private static func isPlain(_ byte: UInt8) -> Bool { VerbatimRules.isBareByte(byte) && !globs.contains(byte) }

    /// The characters that make a shell expand an unquoted word to file names or a home folder.
    private static let globs: [UInt8] = [.asterisk, .question, .exclamation, UInt8(ascii: "~")]

    // MARK: - Words

    private enum Quote {
        case single
        case double
        /// `$'…'`, in which escapes denote control characters.
        case ansi
    }

    private struct Part {
        var quote: Quote
        var inside: Range<Int>
        var end: Int
    }

    /// Returns the quoted part that begins at `start`; nil if there is none, or if the quote is not closed.
    private static func quotedPart(at start: Int, in text: ArraySlice<UInt8>) -> Part? {
        var open = start
        var quote: Quote
        switch text[start] {
        case .singleQuote: quote = .single
        case .doubleQuote: quote = .double
        case .dollar where start + 1 < text.endIndex && text[start + 1] == .singleQuote:
            quote = .ansi
            open += 1
        default: return nil
        }
        let mark = text[open]
        var index = open + 1
        while index < text.endIndex {
            if text[index] == mark { return Part(quote: quote, inside: open + 1..<index, end: index + 1) }
            index += quote != .single && text[index] == .backslash ? 2 : 1
        }
        return nil
    }

    /// Returns the word that begins at `start`, if it is more than one quoted text or one run of plain bytes.
    ///
    /// Nil if the shell expands a part of the word, because such a word cannot be written again.
    static func composedWord(in text: ArraySlice<UInt8>, from start: Int) -> Range<Int>? {
        var index = start
        var parts = 0
        var isEscaped = false
        var isInPlain = false
        while index < text.endIndex, !isEnd(text[index]) {
            if let part = quotedPart(at: index, in: text) {
                guard part.quote != .double || !isExpanded(text[part.inside]) else { return nil }
                parts += 1
                isInPlain = false
                if part.quote == .ansi { isEscaped = true }
                index = part.end
                continue
            }
            switch text[index] {
            case .singleQuote, .doubleQuote, .backtick, .dollar: return nil
            case .backslash:
                guard index + 1 < text.endIndex else { return nil }
                let lineBreak = lengthOfLineBreak(at: index + 1, in: text)
                let next = index + 1 + lineBreak
                // After a line continuation, either the word continues, or it has already ended before it.
                if lineBreak > 0, next == text.endIndex || isEnd(text[next]) { return nil }
                isEscaped = true
                index += max(1, lineBreak)
            default: break
            }
            if !isInPlain { parts += 1 }
            isInPlain = true
            index += 1
        }
        return parts > 1 || isEscaped ? start..<index : nil
    }

    /// Whether a text in double quotes contains a dollar sign or a backtick without a backslash before it.
    private static func isExpanded(_ text: ArraySlice<UInt8>) -> Bool {
        var isEscape = false
        for byte in text {
            if !isEscape, byte == .dollar || byte == .backtick { return true }
            isEscape = !isEscape && byte == .backslash
        }
        return false
    }

    private static func isEnd(_ byte: UInt8) -> Bool {
        byte.isWhitespace
            || [.semicolon, .ampersand, .pipe, .lessThan, .greaterThan, .openParenthesis, .closeParenthesis].contains(
                byte
            )
    }
}
