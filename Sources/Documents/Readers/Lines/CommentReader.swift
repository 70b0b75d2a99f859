/// Reads settings that are commented out: `# JVB_AUTH_PASSWORD=abc`, `// password = "x"`, `-- secret: abc`.
enum CommentReader {
    /// Reads the comment in `range`, including its comment mark.
    static func read(_ text: [UInt8], _ range: Range<Int>, into reading: inout Reading) {
        var range = text.trimmed(range)
        while let first = text[range].first, isMark(first) { range = (range.lowerBound + 1)..<range.upperBound }
        range = text.trimmed(range)
        while let last = text[range].last, last == .dash || last == .greaterThan,
            text.has("--", at: range.upperBound - 3, before: range.upperBound)
        {
            range = range.lowerBound..<(range.upperBound - 1)
        }
        if let setting = SettingLine(text, range) {
            // A sentence with a colon is not a setting, so the text after a colon must be one word or quoted.
            let isSentence =
                setting.separator == .colon && text[setting.value].contains(where: \.isBlank) && !setting.isQuoted
            if !isSentence {
                let value = setting.isQuoted ? setting.value : firstWord(text, setting.value)
                let address = Address(nil, text.string(in: setting.key))
                reading.addKey(address, setting.key, .bare)
                reading.add(
                    address,
                    value,
                    setting.isQuoted ? setting.encoding : SettingLine.encoding(of: text[value]),
                    .comment
                )
                guard value.upperBound < setting.value.upperBound else { return }
                range = value.upperBound..<range.upperBound
            }
        }
        scanFurther(text, range, into: &reading)
    }

    /// Reads further words `KEY=value` in the comment.
    private static func scanFurther(_ text: [UInt8], _ range: Range<Int>, into reading: inout Reading) {
        for word in text[range].split(whereSeparator: \.isWhitespace) where word.contains(.equals) {
            guard let setting = SettingLine(text, word.startIndex..<word.endIndex), setting.isTight else { continue }
            let address = Address(nil, text.string(in: setting.key))
            reading.addKey(address, setting.key, .bare)
            reading.add(address, setting.value, setting.encoding, .comment)
        }
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case .hash, .slash, .semicolon, .asterisk, .exclamation, .dash, .lessThan, .percentSign: true
        default: byte.isBlank
        }
    }

    private static func firstWord(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
        var end = range.lowerBound
        while end < range.upperBound, !text[end].isBlank { end += 1 }
        return range.lowerBound..<end
    }
}
