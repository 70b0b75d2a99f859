internal import Documents

/// Reads a command's option and its value from two items of a list: `["--token", "x"]`, `[--token, x]`, and in YAML `-
/// --token` above `- x`.
enum ListedOption {
    /// The value of an option.
    struct Value {
        /// Its bytes, without quotes.
        var span: Span
        /// Whether it is unquoted.
        var isBare: Bool
    }

    private static let quotes = ByteSet("\"'")
    /// The maximum distance in bytes from an option to the start of its list, and the maximum length of a value.
    private static let (longestList, longestValue) = (1024, 512)
    /// The bytes with which an unquoted item that is a value never begins.
    private static let openings = ByteSet("-\"'&*!|>[]{}#%@`,")
    private static let flowEnd = ByteSet.space.union(ByteSet(",]"))

    /// Whether the name at `name` is an option that another item may follow.
    static func mayStand(at name: Span, in text: [UInt8]) -> Bool {
        guard name.count > 2, text[name.start] == UInt8(ascii: "-"), !holdsStandIn(name, in: text) else { return false }
        let end = item(around: name, in: text).behind
        return end < text.count && (text[end] == UInt8(ascii: ",") || nextItem(behind: end, in: text) != nil)
    }

    /// Whether a name is an option directly followed by a stand-in: `-pREPLACE-password`.
    private static func holdsStandIn(_ name: Span, in text: [UInt8]) -> Bool {
        text[name.start...].dropFirst().prefix(4).firstIndex(of: UInt8(ascii: "R")).map {
            text[$0...].starts(with: ReservedValues.placeholderPrefix.utf8)
        } ?? false
    }

    /// The item after the option at `name`; nil if there is none, or it is another option.
    static func value(behind name: Span, in text: [UInt8]) -> Value? {
        guard mayStand(at: name, in: text) else { return nil }
        let option = item(around: name, in: text)
        if text[option.behind] == UInt8(ascii: ",") {
            guard isInList(option.start, in: text) else { return nil }
            let start = behindSpace(option.behind + 1, in: text)
            let isQuoted = option.start < name.start
            return isQuoted ? quoted(at: start, in: text) : bare(at: start, until: flowEnd, in: text)
        }
        guard startsItem(option.start, in: text), let start = nextItem(behind: option.behind, in: text) else {
            return nil
        }
        return quoted(at: start, in: text) ?? bare(at: start, until: .lineEnd, in: text)
    }

    /// The start of the item that contains the name, including its quote, and the end of the blanks after the item.
    private static func item(around name: Span, in text: [UInt8]) -> (start: Int, behind: Int) {
        var (start, behind) = (name.start, name.end)
        if start > 0, behind < text.count, quotes.contains(text[behind]), text[start - 1] == text[behind] {
            start -= 1
            behind += 1
        }
        while behind < text.count, ByteSet.blank.contains(text[behind]) { behind += 1 }
        return (start, behind)
    }

    private static func behindSpace(_ start: Int, in text: [UInt8]) -> Int {
        var end = start
        while end < text.count, ByteSet.space.contains(text[end]), end - start < longestValue { end += 1 }
        return end
    }

    // MARK: - Lists

    /// The start of the next YAML list item's text, on the line after the one that ends at `end`.
    private static func nextItem(behind end: Int, in text: [UInt8]) -> Int? {
        guard end < text.count, ByteSet.lineEnd.contains(text[end]) else { return nil }
        let dash = behindSpace(end, in: text)
        guard dash + 2 < text.count, text[dash] == UInt8(ascii: "-"), ByteSet.blank.contains(text[dash + 1]) else {
            return nil
        }
        return behindSpace(dash + 1, in: text)
    }

    /// Whether only a dash and blanks precede `start` on its line.
    private static func startsItem(_ start: Int, in text: [UInt8]) -> Bool {
        var dash = start
        while dash > 0, ByteSet.blank.contains(text[dash - 1]) { dash -= 1 }
        guard dash > 0, dash < start, text[dash - 1] == UInt8(ascii: "-") else { return false }
        dash -= 1
        while dash > 0, ByteSet.blank.contains(text[dash - 1]) { dash -= 1 }
        return dash == 0 || ByteSet.lineEnd.contains(text[dash - 1])
    }

    /// Whether a bracket or a brace is open before `place`, but no parenthesis: `add_argument("--token", "the token")`
    /// is not a list.
    private static func isInList(_ place: Int, in text: [UInt8]) -> Bool {
        var depth = 0
        for position in stride(from: place - 1, through: max(0, place - longestList), by: -1) {
            switch text[position] {
            case UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ")"): depth += 1
            case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "("):
                if depth == 0 { return text[position] != UInt8(ascii: "(") }
                depth -= 1
            default: continue
            }
        }
        return false
    }

    // MARK: - Values

    /// The quoted text at `start`, on one line; nil if it is another option.
    private static func quoted(at start: Int, in text: [UInt8]) -> Value? {
        guard start + 1 < text.count, quotes.contains(text[start]), text[start + 1] != UInt8(ascii: "-") else {
            return nil
        }
        var end = start + 1
        while end < text.count, text[end] != text[start], !ByteSet.lineEnd.contains(text[end]),
            end - start < longestValue
        {
            end += text[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < text.count, text[end] == text[start], end > start + 1 else { return nil }
        return Value(span: Span(start + 1, end), isBare: false)
    }

    private static func bare(at start: Int, until ends: ByteSet, in text: [UInt8]) -> Value? {
        guard start < text.count, !openings.contains(text[start]) else { return nil }
        var end = start
        while end < text.count, !ends.contains(text[end]), end - start < longestValue { end += 1 }
        while end > start, ByteSet.blank.contains(text[end - 1]) { end -= 1 }
        return end > start ? Value(span: Span(start, end), isBare: true) : nil
    }
}
