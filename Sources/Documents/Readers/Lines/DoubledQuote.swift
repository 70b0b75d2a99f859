/// A quote that is written twice inside of a string, and so denotes a literal quote, as in SQL and PowerShell.
package enum DoubledQuote {
    /// Whether the quote at `index` of a string is doubled.
    ///
    /// - Parameters:
    ///   - index: the place of a quote.
    ///   - string: the contents of the string and what follows.
    /// - Returns: whether there are two quotes, with a word behind them, and neither is the string's first byte: an empty
    ///   string ends with the first.
    package static func stands(at index: Int, of string: ArraySlice<UInt8>) -> Bool {
        let quotes = string[index...].prefix { $0 == string[index] }
        guard index > string.startIndex, quotes.count == 2, quotes.endIndex < string.endIndex else { return false }
        return string[quotes.endIndex].isNameByte
    }
}
