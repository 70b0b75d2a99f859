internal import Documents

/// Recognises an escape before a word, which does not belong to the word: in `\nwren.test`, `%40wren.test` and
/// `\u0022wren.test` the word starts after it.
enum EscapeBefore {
    private static let letters = ByteSet("bfnrt")
    private static let backslash = UInt8(ascii: "\\")
    private static let percentSign = UInt8(ascii: "%")

    /// The length of the `\b`, `\f`, `\n`, `\r`, `\t`, `%XX`, `\xXX` or `\uXXXX` that ends at `offset`; 0 if there is
    /// none.
    static func length(before offset: Int, in text: [UInt8]) -> Int {
        if offset >= 2, text[offset - 2] == backslash, letters.contains(text[offset - 1]) { return 2 }
        if offset >= 3, text[offset - 3] == percentSign, text[offset - 2].isHexDigit, text[offset - 1].isHexDigit {
            return 3
        }
        if offset >= 4, text[offset - 4] == backslash, text[offset - 3] == UInt8(ascii: "x"),
            text[(offset - 2)..<offset].allSatisfy(\.isHexDigit)
        {
            return 4
        }
        let isLong =
            offset >= 6 && text[offset - 6] == backslash && text[offset - 5] == UInt8(ascii: "u")
            && text[(offset - 4)..<offset].allSatisfy(\.isHexDigit)
        return isLong ? 6 : 0
    }

    /// The start of the word in a run of word bytes that begins at `start`; at most `end`.
    ///
    /// The first bytes of the run may belong to an escape that begins before it.
    static func wordStart(_ start: Int, before end: Int, in text: [UInt8]) -> Int {
        guard start > 0, start < end else { return start }
        let sign = text[start - 1]
        guard sign == backslash || sign == percentSign else { return start }
        for length in [2, 3, 4, 6] {
            let word = start + length - 1
            if word <= end, Self.length(before: word, in: text) == length { return word }
        }
        return start
    }
}
