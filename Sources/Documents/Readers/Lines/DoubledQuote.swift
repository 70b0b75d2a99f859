/// Recognises a quote that is written twice inside a string to denote a literal quote, as in SQL and PowerShell.
package enum DoubledQuote {
    /// Whether the quote at `index` of a string is doubled.
    ///
    /// - Parameters:
    ///   - index: the index of a quote.
    ///   - string: the contents of the string and the text after it.
    /// - Returns: true if there are exactly two quotes, followed by a word, and neither is the string's first byte,
    ///   because an empty string ends with the first.
    package static func stands(at index: Int, of string: ArraySlice<UInt8>) -> Bool {
        let quotes = string[index...].prefix { $0 == string[index] }
        guard index > string.startIndex, quotes.count == 2, quotes.endIndex < string.endIndex else { return false }
        return string[quotes.endIndex].isNameByte
    }
}
