/// What follows or precedes the current position, without moving it.
extension CodeReader {
    /// The end of C++'s `R"name(text)name"` whose quote is at the current position; nil if there is none.
    func rawStringEnd() -> Int? {
        guard language.hasRawStrings, position > 0, text[position - 1] == UInt8(ascii: "R"),
            let open = text[position...].prefix(18).firstIndex(of: .openParenthesis)
        else { return nil }
        return end(of: [.closeParenthesis] + text[(position + 1)..<open] + [.doubleQuote], from: open + 1)
    }

    /// The end of Lua's `[[text]]` or `[==[text]==]` at `start`; nil if there is none.
    func longBracketEnd(from start: Int) -> Int? {
        var level = start + 1
        while level < text.count, text[level] == .equals { level += 1 }
        guard level < text.count, text[level] == .openBracket else { return nil }
        let signs = [UInt8](repeating: .equals, count: level - start - 1)
        return end(of: [.closeBracket] + signs + [.closeBracket], from: level + 1)
    }

    /// The position after the next `mark`; the end of the text if there is none.
    func end(of mark: [UInt8], from start: Int) -> Int {
        var place = start
        while place < text.count {
            if text[place] == mark[0], text[place...].starts(with: mark) { return place + mark.count }
            place += text[place] == .backslash && mark.count == 3 && language.hasTripleQuotes ? 2 : 1
        }
        return text.count
    }

    func has(_ mark: StaticString) -> Bool { text.has(mark, at: position, before: text.count) }

    /// The word before the current position; empty if it is the member of an object.
    var wordBefore: String {
        let before = text[..<position].reversed().drop { $0.isBlank }
        let word = before.prefix(16).prefix { $0.isVariableByte || $0 == .dot }
        return String(decoding: word.reversed(), as: UTF8.self)
    }

    /// The maximum length of a regular expression in bytes.
    private static let longestExpression = 4096

    func expressionEnd() -> Int? {
        let limit = min(text.count, position + Self.longestExpression)
        var end = position + 1
        var isInSet = false
        while end < limit, !text[end].isLineBreak {
            switch text[end] {
            case .backslash: end += 1
            case .openBracket: isInSet = language.hasExpressions
            case .closeBracket: isInSet = false
            case .slash where !isInSet: return end + 1
            default: break
            }
            end += 1
        }
        return nil
    }

    /// Whether the string from a quote at `start` to that at `end` is a module's name after an importing word.
    func namesModule(from start: Int, to end: Int) -> Bool {
        guard !language.importers.isEmpty, end > start + 1 else { return false }
        let lead = text[max(0, start - 32)..<start].reversed().drop {
            $0.isBlank || $0 == .openParenthesis || $0 == .comma
        }
        // The word includes the object to which it belongs: `Buffer.from("…")` does not import anything.
        let word = String(
            decoding: lead.prefix { $0.isVariableByte || $0 == .hash || $0 == .dot }.reversed(),
            as: UTF8.self
        )
        guard language.importers.contains(word) else { return false }
        let name = text[(start + 1)..<end]
        guard name.allSatisfy({ $0.isVariableByte || "./@-".utf8.contains($0) }) else { return false }
        // The host of `"wren.test/x"` belongs to an owner.
        if language.hasDottedModules || !name.contains(.slash) { return true }
        return name.first == .dot || !name.prefix { $0 != .slash }.contains(.dot)
    }

    /// The maximum length in bytes of a name that ends a here-document, including preceding blanks and quotes.
    private static let longestName = 64

    /// Returns the name that ends the here-document announced by `<<NAME`; nil if there is none here.
    func nameBehindMark() -> [UInt8]? {
        guard has("<<"), position == 0 || text[position - 1] != .lessThan else { return nil }
        // PHP and Perl accept a blank before the name; in Ruby `x << "y"` appends.
        let skipped = language.isBetweenMarks ? "<~- " : language.delimitedTexts == .perl ? "~ " : "~-"
        let rest = text[(position + 2)...].prefix(Self.longestName).drop { skipped.utf8.contains($0) }
        let isQuoted = rest.first == .doubleQuote || rest.first == .singleQuote
        let name = Array(rest.drop { $0 == .doubleQuote || $0 == .singleQuote }.prefix { $0.isVariableByte })
        let isAppended =
            !isQuoted && language.delimitedTexts != nil && rest.startIndex > position + 2
            && text[position + 2].isBlank
        guard let first = name.first, !isAppended,
            first.isUppercaseLetter || isQuoted || language.isBetweenMarks && has("<<<")
        else {
            return nil
        }
        return name
    }

    /// Whether a sign other than a quote may delimit a text here: `%w[x]`, `qw(x)`, `/x/`, `<<EOS`.
    func isDelimiter(at place: Int) -> Bool {
        let next = place + 1 < text.count ? text[place + 1] : 0
        switch text[place] {
        case .slash: return true
        case .backtick: return true
        case .percentSign: return next.isLetter || "([{<|!".utf8.contains(next)
        case .lessThan: return next == .lessThan
        case UInt8(ascii: "q"), UInt8(ascii: "m"), UInt8(ascii: "s"), UInt8(ascii: "y"):
            guard !language.isBetweenMarks, place == 0 || !text[place - 1].isVariableByte else { return false }
            var end = place
            while end < text.count, text[end].isLowercaseLetter, end - place < 2 { end += 1 }
            while end < text.count, text[end].isBlank { end += 1 }
            return end < text.count && "([{<|!#,'\"".utf8.contains(text[end])
        default: return false
        }
    }
}
