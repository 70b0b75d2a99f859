/// Splits a line into the words and quoted strings that blanks part.
enum LineWords {
    /// A word, or the inside of a quoted string.
    struct Word {
        var range: Range<Int>
        var encoding: Encoding
        /// The word with the quotes around it.
        var outer: Range<Int>

        init(range: Range<Int>, encoding: Encoding, outer: Range<Int>? = nil) {
            self.range = range
            self.encoding = encoding
            self.outer = outer ?? range
        }
    }

    /// The words of the line in `range`; a `#` or `;` that begins a word begins a comment, which `comment` is given.
    ///
    /// A quote that is not closed on the line is a part of a word.
    static func split(
        _ text: [UInt8],
        _ range: Range<Int>,
        marks: [UInt8] = [.hash],
        comment: (Range<Int>) -> Void
    ) -> [Word] {
        var words: [Word] = []
        var index = range.lowerBound
        // Where no quote closes any more, none need be looked for.
        var unclosedFrom = range.upperBound
        while index < range.upperBound {
            if text[index].isBlank {
                index += 1
                continue
            }
            if marks.contains(text[index]) {
                comment(index..<range.upperBound)
                break
            }
            if text[index] == .doubleQuote || text[index] == .singleQuote, index < unclosedFrom {
                if let close = closingQuote(text, at: index, before: range.upperBound) {
                    let encoding: Encoding = text[index] == .doubleQuote ? .doubleQuoted : .singleQuoted
                    let outer = index..<(close + 1)
                    words.append(Word(range: (index + 1)..<close, encoding: encoding, outer: outer))
                    index = close + 1
                    continue
                }
                unclosedFrom = index
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
