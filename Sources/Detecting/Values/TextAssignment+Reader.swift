internal import Documents

extension TextAssignment {
    /// Reads the text after a name, from one position on.
    struct Reader {
        let text: [UInt8]
        var position: Int

        var next: UInt8? { position < text.count ? text[position] : nil }

        @discardableResult
        mutating func skip(_ set: ByteSet) -> Bool {
            let start = position
            let limit = min(text.count, start + TextAssignment.longestValue)
            while position < limit, set.contains(text[position]) { position += 1 }
            return position > start
        }

        func starts(with literal: String) -> Bool { text[position...].starts(with: literal.utf8) }

        mutating func skipWord(of words: [String]) -> Bool {
            for word in words where starts(with: word + " ") || starts(with: word + ": ") {
                position += word.utf8.count
                return true
            }
            return false
        }

        /// Whether the next byte is a quote that ends a string containing the name, such as the prompt in `expect
        /// "password: "`.
        func closesString(behind name: Int) -> Bool {
            let mark = text[position...].prefix(8).first { !TextAssignment.blanks.contains($0) }
            guard let quote = mark, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return false }
            let line = text[max(0, name - TextAssignment.longestName)..<name]
            let start = line.lastIndex(where: ByteSet.lineEnd.contains).map { $0 + 1 } ?? line.startIndex
            return !line[start...].count(where: { $0 == quote }).isMultiple(of: 2)
        }

        /// Skips the quote that ends a name, including backslashes before it.
        mutating func skipQuote() -> Bool {
            var end = position
            while end < text.count, text[end] == UInt8(ascii: "\\") { end += 1 }
            guard end < text.count, HostNameReader.quotes.contains(text[end]) else { return false }
            position = end + 1
            // The name is a subscript: `["key"] = `.
            if next == UInt8(ascii: "]") { position += 1 }
            return true
        }

        /// Reads a quoted text that ends on the same line.
        mutating func quoted() -> Span? {
            betweenBrackets() ?? betweenLongBrackets() ?? betweenBraces() ?? betweenRawQuotes() ?? betweenQuotes()
        }

        /// Reads Rust's `r#"text"#`.
        private mutating func betweenRawQuotes() -> Span? {
            guard starts(with: "r#") else { return nil }
            let hashes = text[(position + 1)...].prefix { $0 == UInt8(ascii: "#") }
            let start = hashes.endIndex + 1
            guard hashes.endIndex < text.count, text[hashes.endIndex] == UInt8(ascii: "\"") else { return nil }
            let mark = [UInt8(ascii: "\"")] + hashes
            let limit = min(text.count, start + TextAssignment.longestValue)
            guard start < limit, let end = (start..<limit).first(where: { text[$0...].starts(with: mark) }) else {
                return nil
            }
            position = end + mark.count
            return Span(start, end)
        }

        /// Reads Lua's `[[text]]`.
        private mutating func betweenLongBrackets() -> Span? {
            guard starts(with: "[[") else { return nil }
            let start = position + 2
            let limit = min(text.count, start + TextAssignment.longestValue)
            let end = (start..<limit).first {
                ByteSet.lineEnd.contains(text[$0]) || text[$0...].starts(with: "]]".utf8)
            }
            guard let end, end > start, text[end] == UInt8(ascii: "]") else { return nil }
            position = end + 2
            return Span(start, end)
        }

        /// Reads Ruby's `%q(text)`, which may contain pairs of brackets, and the first word of its `%w(a b)`.
        private mutating func betweenBrackets() -> Span? {
            guard position + 2 < text.count, text[position] == UInt8(ascii: "%"),
                "qQwW".utf8.contains(text[position + 1]), let close = Self.brackets[text[position + 2]]
            else { return nil }
            let open = text[position + 2]
            let endsAtBlank = text[position + 1].lowered == UInt8(ascii: "w")
            let start = position + 3
            let limit = min(text.count, start + TextAssignment.longestValue)
            var depth = 1
            var end = start
            while end < limit, !ByteSet.lineEnd.contains(text[end]) {
                // A mark that is its own closing mark cannot be nested.
                if text[end] == close { depth -= 1 } else if text[end] == open { depth += 1 }
                if depth == 0 || endsAtBlank && TextAssignment.blanks.contains(text[end]) {
                    position = end + 1
                    return Span(start, end)
                }
                end += 1
            }
            return nil
        }

        /// Reads the `{text;with;semicolons}` of a database connection string.
        private mutating func betweenBraces() -> Span? {
            guard next == UInt8(ascii: "{") else { return nil }
            let rest = text[(position + 1)..<min(text.count, position + 129)]
            let inside = rest.prefix { !Self.braceEnd.contains($0) }
            let isStandIn = inside.starts(with: ReservedValues.placeholderPrefix.utf8)
            guard isStandIn || inside.contains(UInt8(ascii: ";")), inside.endIndex < text.count,
                text[inside.endIndex] == UInt8(ascii: "}")
            else { return nil }
            position = inside.endIndex + 1
            return Span(inside.startIndex, inside.endIndex)
        }

        private static let braceEnd = ByteSet.space.union(ByteSet("{}\"'`:"))
        private static let brackets: [UInt8: UInt8] = [
            UInt8(ascii: "("): UInt8(ascii: ")"), UInt8(ascii: "["): UInt8(ascii: "]"),
            UInt8(ascii: "{"): UInt8(ascii: "}"), UInt8(ascii: "<"): UInt8(ascii: ">"),
            UInt8(ascii: "|"): UInt8(ascii: "|"), UInt8(ascii: "!"): UInt8(ascii: "!"),
        ]

        private mutating func betweenQuotes() -> Span? {
            var open = position
            while open < text.count, text[open] == UInt8(ascii: "\\") { open += 1 }
            let slashes = open - position
            guard open < text.count, let close = Self.closing(text[open...]) else { return nil }
            let openCount = text[open] < 0x80 ? 1 : (text[open] == 0xc2 ? 2 : 3)
            let start = open + openCount
            var end = start
            while end < text.count, end - start < TextAssignment.longestValue, !ByteSet.lineEnd.contains(text[end]) {
                if text[end...].starts(with: close) {
                    var count = 0
                    while count < end - start, text[end - 1 - count] == UInt8(ascii: "\\") { count += 1 }
                    if slashes == 0, close.count == 1, DoubledQuote.stands(at: end, of: text[start...]) {
                        end += 2
                        continue
                    }
                    if count == slashes || slashes == 0 && count.isMultiple(of: 2) {
                        position = end + close.count
                        return Span(start, max(start, end - (slashes > 0 ? count : 0)))
                    }
                }
                end += 1
            }
            return nil
        }

        private static func closing(_ text: ArraySlice<UInt8>) -> [UInt8]? {
            switch text.first {
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return text.first.map { [$0] }
            default:
                for (open, close) in [("“", "”"), ("„", "“"), ("»", "«"), ("‘", "’")] where text.starts(with: open.utf8)
                {
                    return Array(close.utf8)
                }
                return nil
            }
        }
    }
}
