/// A string of JavaScript between backticks, which may contain code with further strings: `` `a${b[`c`]}` ``.
struct TemplateText {
    private let text: [UInt8]

    init(_ text: [UInt8]) { self.text = text }

    /// The position after the backtick that closes the string at `start`; nil if it does not end.
    ///
    /// The nesting is counted rather than followed by calls.
    func end(from start: Int) -> Int? {
        // The number of open braces of each `${`, the innermost last; nil stands for a string between backticks.
        var open: [Int?] = [nil]
        var place = start + 1
        while place < text.count, let innermost = open.last {
            let byte = text[place]
            place += 1
            if byte == .backslash {
                place += 1
            } else if byte == .backtick {
                if innermost == nil { open.removeLast() } else { open.append(nil) }
                if open.isEmpty { return place }
            } else if let depth = innermost {
                if byte == .openBrace { open[open.count - 1] = depth + 1 }
                if byte == .closeBrace {
                    if depth == 0 { open.removeLast() } else { open[open.count - 1] = depth - 1 }
                }
                if byte == .doubleQuote || byte == .singleQuote { place = endOfString(in: byte, from: place) }
            } else if byte == .dollar, place < text.count, text[place] == .openBrace {
                open.append(0)
                place += 1
            }
        }
        return nil
    }

    /// The position after the quote that closes a string; `start` if the line ends before.
    private func endOfString(in quote: UInt8, from start: Int) -> Int {
        var end = start
        while end < text.count, text[end] != .newline {
            if text[end] == quote { return end + 1 }
            end += text[end] == .backslash ? 2 : 1
        }
        return start
    }
}
