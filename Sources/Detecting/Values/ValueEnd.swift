internal import Documents

/// Finds the end of an unquoted value in a command or a sentence, excluding what belongs to its surroundings.
///
/// In a command, a value ends where a shell word does. Everywhere, it ends before a closing quote or bracket that was
/// opened before it, and before markup: `</code>`, `**`, `~~`, `&nbsp;`. A value in its own quotes ends where they do.
struct ValueEnd {
    let text: [UInt8]
    /// The start of the command or the name to which the value belongs.
    let start: Int
    /// Whether the value is a word of a command line.
    var isInCommand = false
    /// Whether the text is written for people, so that a sentence or emphasis may end after the value.
    var isInProse = false

    /// Returns the part of `span` that is the value.
    func value(at span: Span) -> Span {
        guard span.start < span.end, span.start >= start, !isInQuotes(span) else { return span }
        var end = firstEnd(in: span)
        while end > span.start, endsInSentence(span.start, end) { end -= 1 }
        return Span(span.start, end)
    }

    // MARK: - Quotes

    /// Whether quotes enclose only the value, alone or with the preceding part of its word, rather than its command.
    private func isInQuotes(_ span: Span) -> Bool {
        guard span.end < text.count else { return false }
        let quote = text[span.end]
        guard Self.quotes.contains(quote), let open = openQuote(quote, before: span.start) else { return false }
        return open >= start || !text[open..<span.start].contains(where: ByteSet.blank.contains)
    }

    /// The last such quote in the line before `place` that is not closed there.
    private func openQuote(_ quote: UInt8, before place: Int) -> Int? {
        var open: Int?
        var position = lineStart
        while position < place {
            if text[position] == Self.backslash, quote != Self.apostrophe {
                position += 2
                continue
            }
            if text[position] == quote { open = open == nil ? position : nil }
            position += 1
        }
        return open
    }

    private var lineStart: Int {
        var line = start
        while line > 0, !ByteSet.lineEnd.contains(text[line - 1]), start - line < Self.longestLine { line -= 1 }
        return line
    }

    // MARK: - Signs

    /// The position of the first sign in `span` that cannot be part of the value; the end of `span` if there is none.
    private func firstEnd(in span: Span) -> Int {
        var depths: [UInt8: Int] = [:]
        var openQuote: Int?
        var position = span.start
        while position < span.end {
            let byte = text[position]
            if byte == Self.backslash, position + 1 < span.end, !isInProse || isInCommand {
                position += 2
                continue
            }
            if let open = openQuote, text[open] == byte {
                openQuote = nil
            } else if openQuote == nil {
                if Self.quotes.contains(byte) { openQuote = position }
                if isInCommand, Self.commandEnds.contains(byte) { return position }
                if let open = Self.openings[byte] {
                    guard let depth = depths[open], depth > 0 else {
                        if isInCommand || isOpen(open, closedBy: byte) { return position }
                        position += 1
                        continue
                    }
                    depths[open] = depth - 1
                } else if Self.openingSigns.contains(byte) {
                    depths[byte, default: 0] += 1
                }
                if position > span.start, beginsSurroundings(at: position) { return position }
            }
            position += 1
        }
        return openQuote ?? span.end
    }

    /// Whether a bracket is opened, and not closed, in the line before the value.
    private func isOpen(_ open: UInt8, closedBy close: UInt8) -> Bool {
        text[lineStart..<start].reduce(0) { $0 + ($1 == open ? 1 : $1 == close ? -1 : 0) } > 0
    }

    /// Whether a tag, a character reference, a typographic quote or the end of an emphasis begins at `position`.
    private func beginsSurroundings(at position: Int) -> Bool {
        let rest = text[position...]
        switch text[position] {
        case UInt8(ascii: "<"):
            guard let next = rest.dropFirst().first else { return false }
            return next == UInt8(ascii: "/") || ByteSet.letters.contains(next)
        case UInt8(ascii: "&"):
            let name = rest.dropFirst().prefix(8).prefix { ByteSet.letters.contains($0) }
            return name.count > 1 && rest.dropFirst(name.count + 1).first == UInt8(ascii: ";")
        case UInt8(ascii: "`"): return text[lineStart..<start].contains(UInt8(ascii: "`"))
        case UInt8(ascii: "*"), UInt8(ascii: "~"):
            let mark = [text[position], text[position]]
            return rest.starts(with: mark) && isOpen(mark)
        case 0xC2: return Self.closingGuillemets.contains { rest.starts(with: $0) }
        case 0xE2: return Self.closingQuotes.contains { rest.starts(with: $0) }
        default: return false
        }
    }

    /// Whether an emphasis mark occurs an odd number of times in the line before the value.
    private func isOpen(_ mark: [UInt8]) -> Bool {
        var count = 0
        var position = lineStart
        while position + mark.count <= start {
            if text[position...].starts(with: mark) {
                count += 1
                position += mark.count
            } else {
                position += 1
            }
        }
        return !count.isMultiple(of: 2)
    }

    // MARK: - Sentences

    /// Whether the last byte before `end` belongs to the sentence around the value.
    private func endsInSentence(_ start: Int, _ end: Int) -> Bool {
        let byte = text[end - 1]
        let isLast = end == text.count || ByteSet.space.contains(text[end])
        guard isLast || Self.closers.contains(text[end]) || text[end] >= 0x80 else { return false }
        if byte == UInt8(ascii: ",") { return isInCommand || isInProse }
        guard isInProse else { return false }
        if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") { return true }
        return Self.emphasis.contains(byte) && opensEmphasis(byte)
    }

    /// Whether an emphasis mark before a word in the line is not closed before the value.
    private func opensEmphasis(_ mark: UInt8) -> Bool {
        var isOpen = false
        for position in lineStart..<self.start where text[position] == mark {
            let isBehindBlank = position == lineStart || Self.beforeEmphasis.contains(text[position - 1])
            let isBeforeWord = position + 1 < text.count && !ByteSet.space.contains(text[position + 1])
            if isBehindBlank, isBeforeWord {
                isOpen = true
            } else if position > lineStart, !ByteSet.space.contains(text[position - 1]), !isBeforeWord {
                isOpen = false
            }
        }
        return isOpen
    }

    private static let longestLine = 512
    private static let backslash = UInt8(ascii: "\\")
    private static let apostrophe = UInt8(ascii: "'")
    private static let quotes = ByteSet("\"'")
    /// The signs that end a shell word.
    private static let commandEnds = ByteSet("`;|<>&")
    private static let openingSigns = ByteSet("([{")
    private static let openings: [UInt8: UInt8] = [
        UInt8(ascii: ")"): UInt8(ascii: "("), UInt8(ascii: "]"): UInt8(ascii: "["),
        UInt8(ascii: "}"): UInt8(ascii: "{"),
    ]
    private static let closers = ByteSet("<&)]}\"'`*_=~|")
    private static let emphasis = ByteSet("*_=~+")
    private static let beforeEmphasis = ByteSet(" \t(")
    private static let closingGuillemets = ["«", "»"].map { Array($0.utf8) }
    private static let closingQuotes = ["“", "”", "’", "‘", "›", "‹"].map { Array($0.utf8) }
}
