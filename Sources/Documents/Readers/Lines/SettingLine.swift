/// A line that is one setting: a name, `=` or `:`, and a value.
struct SettingLine {
    /// The bytes of the name, without quotes.
    let key: Range<Int>
    /// The byte between the name and the value.
    let separator: UInt8
    /// The bytes of the value, without quotes and surrounding blanks.
    let value: Range<Int>
    /// The encoding of the value.
    let encoding: Encoding
    /// Whether the value is quoted.
    let isQuoted: Bool
    /// Whether there is no blank around the separator.
    let isTight: Bool

    /// Reads the line in `range`; nil if it is not a setting or its value is empty.
    init?(_ text: [UInt8], _ range: Range<Int>) {
        var index = range.lowerBound
        let end = range.upperBound
        if text.has("export ", at: index, before: end) { index += 7 }
        while index < end, text[index].isBlank { index += 1 }
        let isKeyQuoted = index < end && text[index] == .doubleQuote
        if isKeyQuoted { index += 1 }
        let keyStart = index
        while index < end, text[index].isNameByte || text[index] == .dot || text[index] == .dash { index += 1 }
        key = keyStart..<index
        guard let first = text[key].first, first.isNameByte, text[key].contains(where: { $0.isLetter }) else {
            return nil
        }
        if isKeyQuoted {
            guard index < end, text[index] == .doubleQuote else { return nil }
            index += 1
        }
        let keyEnd = index
        while index < end, text[index].isBlank { index += 1 }
        guard index < end, text[index] == .equals || text[index] == .colon else { return nil }
        separator = text[index]
        let separatorStart = index
        index += 1
        if separator == .colon, index < end, text[index] == .equals { index += 1 }
        guard index < end, text[index] != .equals,
            separator == .equals || text[index].isBlank || text[index] == .equals || text[index] == .doubleQuote
        else {
            return nil
        }
        isTight = separatorStart == keyEnd && !text[index].isBlank
        var value = text.trimmed(index..<end)
        while let last = text[value].last, last == .semicolon || last == .comma {
            value = text.trimmed(value.lowerBound..<(value.upperBound - 1))
        }
        guard let quote = text[value].first else { return nil }
        if let quoted = Self.quotes[quote], value.count >= 2, text[value].last == quote,
            !text[(value.lowerBound + 1)..<(value.upperBound - 1)].contains(quote)
        {
            self.value = (value.lowerBound + 1)..<(value.upperBound - 1)
            encoding = quoted
            isQuoted = true
        } else {
            // A quote that is not closed in the line is not part of the value.
            let isOpen = Self.quotes[quote] != nil && value.count > 1 && !text[value].dropFirst().contains(quote)
            self.value = isOpen ? (value.lowerBound + 1)..<value.upperBound : value
            encoding = Self.encoding(of: text[self.value])
            isQuoted = false
        }
    }

    private static let quotes: [UInt8: Encoding] = [
        .doubleQuote: .doubleQuoted, .singleQuote: .singleQuoted, .backtick: .tomlLiteral,
    ]

    /// The encoding of an unquoted value: a bare word if possible.
    static func encoding(of value: ArraySlice<UInt8>) -> Encoding {
        value.allSatisfy(VerbatimRules.isBareByte) ? .bare : .line
    }
}
