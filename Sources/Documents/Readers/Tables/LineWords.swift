/// Splits a line into words and quoted strings, separated by blanks.
enum LineWords {
    /// A word, or the inside of a quoted string.
    struct Word {
        var range: Range<Int>
        var encoding: Encoding
        /// The word including its quotes.
        var outer: Range<Int>

        init(range: Range<Int>, encoding: Encoding, outer: Range<Int>? = nil) {
            self.range = range
            self.encoding = encoding
            self.outer = outer ?? range
        }
    }

    /// Returns the words of the line in `range`.
    ///
    /// One of `marks` (by default a `#`) at the start of a word begins a comment, which is passed to `comment`.
    ///
    /// A quote that is not closed on the line is part of a word.
    static func split(
        _ text: [UInt8],
        _ range: Range<Int>,
        marks: [UInt8] = [.hash],
        comment: (Range<Int>) -> Void
    ) -> [Word] {
        var words: [Word] = []
        var index = range.lowerBound
        // After these indices, a quote of the given sort is not closed, so the search is skipped.
        var unclosedFrom: [UInt8: Int] = [:]
        while index < range.upperBound {
            if text[index].isBlank {
                index += 1
                continue
            }
            if marks.contains(text[index]) {
                comment(index..<range.upperBound)
                break
            }
            if text[index] == .doubleQuote || text[index] == .singleQuote, unclosedFrom[text[index]] == nil {
                if let close = closingQuote(text, at: index, before: range.upperBound) {
                    let encoding: Encoding = text[index] == .doubleQuote ? .doubleQuoted : .singleQuoted
                    let outer = index..<(close + 1)
                    words.append(Word(range: (index + 1)..<close, encoding: encoding, outer: outer))
                    index = close + 1
                    continue
                }
                unclosedFrom[text[index]] = index
            }
            let start = index
            while index < range.upperBound, !text[index].isBlank { index += 1 }
            words.append(Word(range: start..<index, encoding: .bare))
        }
        return words
    }

    private static func closingQuote(_ text: [UInt8], at start: Int, before end: Int) -> Int? {
        var index = start + 1
        while index < end {
            if text[index] == text[start] { return index }
            index += text[index] == .backslash ? 2 : 1
        }
        return nil
    }
}
