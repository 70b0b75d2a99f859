/// The names of the bytes that readers and codecs search for.
extension UInt8 {
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let doubleQuote = UInt8(ascii: "\"")
    static let singleQuote = UInt8(ascii: "'")
    static let backtick = UInt8(ascii: "`")
    static let backslash = UInt8(ascii: "\\")
    static let slash = UInt8(ascii: "/")
    static let hash = UInt8(ascii: "#")
    static let dollar = UInt8(ascii: "$")
    static let percentSign = UInt8(ascii: "%")
    static let ampersand = UInt8(ascii: "&")
    static let equals = UInt8(ascii: "=")
    static let colon = UInt8(ascii: ":")
    static let semicolon = UInt8(ascii: ";")
    static let comma = UInt8(ascii: ",")
    static let dot = UInt8(ascii: ".")
    static let dash = UInt8(ascii: "-")
    static let plus = UInt8(ascii: "+")
    static let underscore = UInt8(ascii: "_")
    static let asterisk = UInt8(ascii: "*")
    static let exclamation = UInt8(ascii: "!")
    static let question = UInt8(ascii: "?")
    static let lessThan = UInt8(ascii: "<")
    static let greaterThan = UInt8(ascii: ">")
    static let pipe = UInt8(ascii: "|")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let openParenthesis = UInt8(ascii: "(")
    static let closeParenthesis = UInt8(ascii: ")")

    /// Whether the byte is a space or a tab.
    @inlinable package var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// Whether the byte is a line feed or a carriage return.
    var isLineBreak: Bool { self == .newline || self == .carriageReturn }

    /// Whether the byte is ASCII white space.
    @inlinable package var isWhitespace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

    /// Whether the byte is an ASCII digit.
    @inlinable package var isDigit: Bool { (0x30...0x39).contains(self) }

    /// Whether the byte is an upper-case ASCII letter.
    @inlinable package var isUppercaseLetter: Bool { (0x41...0x5A).contains(self) }

    /// Whether the byte is a lower-case ASCII letter.
    @inlinable package var isLowercaseLetter: Bool { (0x61...0x7A).contains(self) }

    /// Whether the byte is an ASCII letter.
    @inlinable package var isLetter: Bool { isUppercaseLetter || isLowercaseLetter }

    /// Whether the byte is an ASCII letter or digit.
    @inlinable package var isAlphanumeric: Bool { isLetter || isDigit }

    /// Whether the byte may be in a variable's name: a letter, a digit or `_`.
    @inlinable package var isVariableByte: Bool { isAlphanumeric || self == 0x5F }

    /// Whether the byte may be in a variable's name as usually written: an upper-case letter, a digit or `_`.
    @inlinable package var isCapitalVariableByte: Bool { isUppercaseLetter || isDigit || self == 0x5F }

    /// Whether the byte may be in a name: a letter, a digit, `_`, or a part of a non-ASCII character.
    var isNameByte: Bool { isAlphanumeric || self == .underscore || self >= 0x80 }

    /// Whether the byte is a control character that does not occur in texts: any but white space and the escape
    /// character.
    var isForeignToText: Bool { (self < 0x20 && !isWhitespace && self != 0x1B) || self == 0x7F }

    /// Whether the byte is a hexadecimal digit.
    package var isHexDigit: Bool { hexValue != nil }

    /// The lower-case letter for an upper-case ASCII letter; any other byte unchanged.
    var lowercasedLetter: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

    /// The value of a hexadecimal digit; nil for any other byte.
    package var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }

    /// Returns the hexadecimal digit for a value below 16.
    static func hexDigit(_ value: UInt8, uppercase: Bool) -> UInt8 {
        value < 10 ? 0x30 + value : (uppercase ? 0x41 : 0x61) + value - 10
    }
}

extension [UInt8] {
    /// Returns the first index of `byte` in `range`; the range's end if there is none.
    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int {
        var index = range.lowerBound
        while index < range.upperBound, self[index] != byte { index += 1 }
        return index
    }

    /// Whether `word` is at `index`, before `end`.
    func has(_ word: StaticString, at index: Int, before end: Int) -> Bool {
        guard index >= 0, index + word.utf8CodeUnitCount <= end else { return false }
        return word.withUTF8Buffer { buffer in
            for offset in 0..<buffer.count where unsafe self[index + offset] != buffer[offset] { return false }
            return true
        }
    }

    /// Returns the end of the line at `index`, and the start of the next one; both are `end` for the last line.
    ///
    /// A carriage return before the line feed belongs to the line break.
    func endOfLine(from index: Int, before end: Int) -> (contentEnd: Int, nextLine: Int) {
        let lineFeed = firstIndex(of: .newline, in: index..<end)
        let next = lineFeed < end ? lineFeed + 1 : end
        let content = lineFeed > index && self[lineFeed - 1] == .carriageReturn ? lineFeed - 1 : lineFeed
        return (content, next)
    }

    /// Calls `body` with each line in `range`, without its line break.
    func forEachLine(in range: Range<Int>, _ body: (Range<Int>) -> Void) {
        var index = range.lowerBound
        while index < range.upperBound {
            let line = endOfLine(from: index, before: range.upperBound)
            body(index..<line.contentEnd)
            index = line.nextLine
        }
    }

    /// Returns `range` without the blanks at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, self[start].isWhitespace { start += 1 }
        while end > start, self[end - 1].isWhitespace { end -= 1 }
        return start..<end
    }

    /// Returns the bytes in `range` as a string; invalid UTF-8 becomes U+FFFD.
    func string(in range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }
}
